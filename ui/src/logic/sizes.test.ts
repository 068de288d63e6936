import { describe, expect, it } from 'vitest';
import { formatBytes, formatCores, formatMib, formatPercent, usedShare } from './sizes';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1_048_575, '1 MiB'],
    [40 * 1_048_576, '40 MiB'],
    [1_099_511_627_776, '1 TiB'],
  ])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('reads MiB in the unit that fits', () => {
    expect(formatMib(512)).toBe('512 MiB');
    expect(formatMib(2048)).toBe('2 GiB');
  });

  it('hides the noise of floating point', () => expect(formatCores(0.1 + 0.2)).toBe('0.3'));

  it('knows the share of a volume that is used, also when it has outgrown its size', () => {
    expect(usedShare(null, 10)).toBeNull();
    expect(usedShare(5 * 1_048_576, 10)).toBe(0.5);
    expect(usedShare(20 * 1_048_576, 10)).toBe(2);
    expect(formatPercent(0.001)).toBe('<1 %');
  });
});
