import { describe, expect, it } from 'vitest';
import { formatDuration, formatRelative } from './times';

describe('times', () => {
  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [3_600, '1 h'],
    [3_900, '1 h 5 min'],
    [90_000, '1 d 1 h'],
    [30 * 86_400, '30 d'],
  ])('%d seconds read %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('says what was and what will be', () => {
    const now = new Date('2026-01-01T12:00:00Z');
    expect(formatRelative(new Date('2026-01-01T11:59:59Z'), now)).toBe('just now');
    expect(formatRelative(new Date('2026-01-01T11:55:00Z'), now)).toBe('5 min ago');
    expect(formatRelative(new Date('2026-01-01T12:00:10Z'), now)).toBe('in 10 s');
  });
});
