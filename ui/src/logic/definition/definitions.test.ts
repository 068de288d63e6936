import { describe, expect, it } from 'vitest';
import { definitionOf, format, type Json, type JsonObject, type Place } from './document';
import { isObject, parse, valueAt, withValue } from './document';

/** The examples, and what real clients sent to a real Marathon. */
const EXAMPLES = import.meta.glob<string>('../../../../examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const RECORDINGS = import.meta.glob<string>(
  '../../../../server/src/test/resources/io/homeport/e2e/recordings/*.jsonl',
  { query: '?raw', import: 'default', eager: true },
);

const definitions: [string, JsonObject][] = [
  ...Object.entries(EXAMPLES).map(
    ([file, text]) => [file, JSON.parse(text)] as [string, JsonObject],
  ),
  ...Object.entries(RECORDINGS).flatMap(([file, text]) => recorded(file, text)),
];

/** The definitions in requests and answers of a recording. */
function recorded(file: string, text: string): [string, JsonObject][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line, index) => {
      const { request, response } = JSON.parse(line) as {
        request?: { body?: Json };
        response?: { body?: Json };
      };
      return [request?.body, response?.body]
        .flatMap((body) => [body, valueAt(body, ['app'])])
        .filter((body): body is JsonObject => isObject(body) && typeof body['id'] === 'string')
        .map((body): [string, JsonObject] => [`${file}:${index + 1}`, body]);
    });
}

/** Every place of a document at which there is no object and no array. */
function leaves(document: Json, place: Place = []): Place[] {
  if (Array.isArray(document)) {
    return document.flatMap((item, index) => leaves(item, [...place, index]));
  }
  if (isObject(document)) {
    return Object.entries(document).flatMap(([name, value]) => leaves(value, [...place, name]));
  }
  return [place];
}

describe('definitions of examples and recordings', () => {
  it('are there', () => expect(definitions.length).toBeGreaterThan(30));

  it.each(definitions)('%s goes through the JSON mode without loss', (_, definition) => {
    expect(parse(format(definition))).toEqual({ document: definition });
  });

  it.each(definitions)('%s is what it was when a field is changed and changed back', (_, from) => {
    const definition = definitionOf(from);
    const before = format(definition);
    const places = leaves(definition);
    for (const place of places) {
      const changed = withValue(definition, place, 'something else');
      expect(valueAt(changed, place)).toBe('something else');
      // Nothing but that place is another one.
      const others = places.filter((one) => one !== place);
      expect(others.map((one) => valueAt(changed, one))).toEqual(
        others.map((one) => valueAt(definition, one)),
      );
      expect(withValue(changed, place, valueAt(definition, place))).toEqual(definition);
    }
    expect(format(definition)).toBe(before);
  });
});
