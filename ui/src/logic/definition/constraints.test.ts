import { describe, expect, it } from 'vitest';
import { asConstraints } from './constraints';

describe('constraints', () => {
  it('are rows where a row can show all of each', () => {
    expect(asConstraints(undefined)).toEqual([]);
    const rows = [
      ['hostname', 'UNIQUE'],
      ['rack', 'CLUSTER', 'r1'],
    ];
    expect(asConstraints(rows)).toEqual(rows);
  });

  it.each([['text'], [[['hostname']]], [[['a', 'LIKE', 1]]], [[['a', 'IS', 'b', 'c']]], [[{}]]])(
    'are left to the JSON field when they are %j',
    (value) => expect(asConstraints(value)).toBeUndefined(),
  );
});
