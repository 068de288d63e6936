import type { ThProps } from '@patternfly/react-table';
import type { ReactNode } from 'react';

/** A column of a table, and what it shows of a row. */
export type Column<T> = {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by; a column without it cannot be sorted. */
  sortBy?: (row: T) => string | number;
  /** Numbers are set flush right. */
  numeric?: boolean;
  width?: ThProps['width'];
  /** Where a sorted column starts with its greatest value. */
  descendingFirst?: boolean;
};

export type TableSort = { key: string; descending: boolean };

const order = new Intl.Collator(undefined, { numeric: true });

/** The rows in the order of a column. */
export function sorted<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: TableSort | undefined,
): readonly T[] {
  const by = columns.find((column) => column.key === sort?.key)?.sortBy;
  if (!sort || !by) return rows;
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const one = by(a);
    const other = by(b);
    return (
      sign *
      (typeof one === 'number' && typeof other === 'number'
        ? one - other
        : order.compare(String(one), String(other)))
    );
  });
}
