/** Sizes as people read them. The API speaks MiB for capacities and bytes for what is in use. */

export const BYTES_PER_MIB = 1_048_576;

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `formatBytes(1536)` is `1.5 KiB`: at most three digits that matter, no `.0`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  // 1023.96 MiB must not be shown as 1024 MiB.
  if (unit > 0 && unit < UNITS.length - 1 && Number(digits(value)) >= 1024) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : digits(value)} ${UNITS[unit]}`;
}

function digits(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)));
}

export function formatMib(mib: number): string {
  return formatBytes(mib * BYTES_PER_MIB);
}

/** Cores, without the noise of floating point: 0.1 + 0.2 is 0.3. */
export function formatCores(cores: number): string {
  return String(Number(cores.toFixed(2)));
}

/** How much of a size is used, from 0 to 1 (and above, when a volume has outgrown its size). */
export function usedShare(usedBytes: number | null, sizeMib: number): number | null {
  return usedBytes === null || sizeMib <= 0 ? null : usedBytes / (sizeMib * BYTES_PER_MIB);
}

export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return '<1 %';
  return `${Math.round(percent)} %`;
}
