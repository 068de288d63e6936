import { describe, expect, it } from 'vitest';
import { sideBySide } from './diff';

describe('differences', () => {
  it('keeps every line of both texts, in order', () => {
    const before = 'a\nb\nc\nd';
    const after = 'a\nx\nc\ny\nz';
    const rows = sideBySide(before, after);
    expect(rows.flatMap((row) => row.before ?? [])).toEqual(before.split('\n'));
    expect(rows.flatMap((row) => row.after ?? [])).toEqual(after.split('\n'));
    expect(rows.map((row) => row.kind)).toEqual(['same', 'changed', 'same', 'changed', 'added']);
  });

  it('finds no difference between a text and itself', () => {
    expect(sideBySide('a\nb', 'a\nb').every((row) => row.kind === 'same')).toBe(true);
  });
});
