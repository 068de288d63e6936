/**
 * An app definition as the editor holds it: plain JSON, of which the form shows and changes single
 * places. What the form does not know stays as it is, so switching between form and JSON loses
 * nothing.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Where a value stands: `['container', 'volumes', 0, 'containerPath']`. */
export type Place = readonly (string | number)[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(document: Json | undefined, place: Place): Json | undefined {
  let value: Json | undefined = document;
  for (const step of place) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value)) value = value[step];
    else return undefined;
  }
  return value;
}

/** The items at a place, none where there is no array. */
export function itemsAt(document: Json, place: Place): Json[] {
  const value = valueAt(document, place);
  return Array.isArray(value) ? value : [];
}

/**
 * The document with another value at a place; `undefined` removes it. Objects on the way are made
 * where they are missing, and removed again when their last field is.
 */
export function withValue(document: Json, place: Place, value: Json | undefined): Json {
  return change(document, place, value) ?? {};
}

function change(node: Json | undefined, place: Place, value: Json | undefined): Json | undefined {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = Array.isArray(node) ? [...node] : [];
    const changed = change(items[step], rest, value);
    if (changed === undefined && rest.length === 0) items.splice(step, 1);
    else items[step] = changed ?? {};
    return items;
  }
  const fields: JsonObject = isObject(node) ? { ...node } : {};
  const had = Object.keys(fields).length > 0;
  const changed = change(fields[step], rest, value);
  if (changed === undefined) delete fields[step];
  else fields[step] = changed;
  return had && Object.keys(fields).length === 0 ? undefined : fields;
}

/** Adds an item to the array at a place, which is made where it is missing. */
export function withItem(document: Json, place: Place, item: Json): Json {
  return withValue(document, place, [...itemsAt(document, place), item]);
}

/** Removes an item; an array that gets empty by it is removed too, unless it is to be kept. */
export function withoutItem(document: Json, place: Place, index: number, keepsEmpty = false): Json {
  const left = itemsAt(document, place).filter((_, at) => at !== index);
  return withValue(document, place, left.length === 0 && !keepsEmpty ? undefined : left);
}

/** What the server adds to an app when it shows it, and what is no part of its definition. */
const OUTPUT_ONLY = [
  'version',
  'versionInfo',
  'tasks',
  'tasksStaged',
  'tasksRunning',
  'tasksHealthy',
  'tasksUnhealthy',
  'deployments',
  'lastTaskFailure',
  'readinessCheckResults',
  'tasksStats',
  'warnings',
  'homeport',
  'executor',
];

/** The definition of an app that the server has shown. */
export function definitionOf(app: object): JsonObject {
  const fields = { ...(app as JsonObject) };
  for (const name of OUTPUT_ONLY) {
    if (name !== 'executor' || fields[name] === '') delete fields[name];
  }
  return fields;
}

export function format(document: Json): string {
  return JSON.stringify(document, null, 2);
}

export type Parsed = { document: JsonObject } | { problem: string; position: number };

/** Reads the text of the JSON mode. */
export function parse(text: string): Parsed {
  try {
    const document = JSON.parse(text) as Json;
    return isObject(document)
      ? { document }
      : { problem: 'An app definition is a JSON object: { "id": ... }', position: 0 };
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { problem: message, position: positionIn(message, text) };
  }
}

function positionIn(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? text.length : Math.min(Number(position), text.length);
}
