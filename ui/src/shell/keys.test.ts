import { describe, expect, it } from 'vitest';
import { KeyReader, SHORTCUTS } from './keys';

describe('keys', () => {
  it('lead to pages by two of them', () => {
    const reader = new KeyReader();
    expect(reader.read('g', 0)).toBeUndefined();
    expect(reader.read('v', 500)).toEqual({ kind: 'go', to: '/volumes' });
    expect(reader.read('v', 600)).toBeUndefined();
  });

  it('forget the first one after a while, or when another came between', () => {
    const reader = new KeyReader();
    reader.read('g', 0);
    expect(reader.read('v', 5_000)).toBeUndefined();
    reader.read('g', 6_000);
    reader.read('x', 6_100);
    expect(reader.read('v', 6_200)).toBeUndefined();
  });

  it('do what the list of them says', () => {
    for (const { keys } of SHORTCUTS) {
      const reader = new KeyReader();
      const actions = keys.split(' ').map((key, at) => reader.read(key, at));
      expect(actions[actions.length - 1], keys).toBeDefined();
    }
  });
});
