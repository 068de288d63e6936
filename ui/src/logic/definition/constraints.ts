/** Placement constraints: `["hostname", "UNIQUE"]`, `["rack", "CLUSTER", "r1"]`. */
import type { Json } from './document';

export const OPERATORS: readonly string[] = [
  'UNIQUE',
  'CLUSTER',
  'GROUP_BY',
  'LIKE',
  'UNLIKE',
  'MAX_PER',
  'IS',
];

export type Constraint = [field: string, operator: string, value?: string];

/** The rows of a list of constraints; `undefined` when a row cannot show all of one. */
export function asConstraints(value: Json | undefined): Constraint[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) && value.every(isConstraint) ? (value as Constraint[]) : undefined;
}

function isConstraint(item: Json): boolean {
  return (
    Array.isArray(item) &&
    (item.length === 2 || (item.length === 3 && item[2] !== '')) &&
    item.every((part) => typeof part === 'string')
  );
}
