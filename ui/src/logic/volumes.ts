/** What holds for volumes by their status. */
import type { Volume, VolumeStatus } from '../api/types';
import { BYTES_PER_MIB, formatBytes } from './sizes';
import { formatDuration } from './times';

export const VOLUME_STATUSES: readonly VolumeStatus[] = [
  'attached',
  'detached',
  'left behind',
  'quarantined',
  'creating',
  'destroying',
];

/** Only what no instance uses can be destroyed by itself. */
export function isDestroyable(volume: Volume): boolean {
  return ['detached', 'left behind', 'quarantined'].includes(volume.status);
}

/** A volume without an instance can be given to one. */
export function isAdoptable(volume: Volume): boolean {
  return volume.status === 'left behind' || volume.status === 'quarantined';
}

export function whyNotDestroyable(volume: Volume): string {
  switch (volume.status) {
    case 'attached':
      return 'It is attached. Scale the app down to detach it, or delete the app.';
    case 'creating':
      return 'It is being created.';
    case 'destroying':
      return 'It is being destroyed already.';
    case 'quarantined':
    case 'detached':
    case 'left behind':
      return '';
  }
}

export type HeldBack = {
  count: number;
  size: number;
  usedBytes: number;
  cpus: number;
  mem: number;
  ports: number;
};

/** What volumes without a task keep from others: each reservation is counted once. */
export function heldBack(volumes: readonly Volume[]): HeldBack {
  const seen = new Set<string>();
  const total: HeldBack = { count: 0, size: 0, usedBytes: 0, cpus: 0, mem: 0, ports: 0 };
  for (const volume of volumes) {
    if (volume.status === 'attached' || volume.status === 'creating') continue;
    total.count++;
    total.size += volume.size;
    total.usedBytes += volume.usedBytes ?? 0;
    if (seen.has(volume.reservationId)) continue;
    seen.add(volume.reservationId);
    total.cpus += volume.reserved.cpus;
    total.mem += volume.reserved.mem;
    total.ports += volume.reserved.ports.length;
  }
  return total;
}

/** A change of less than this in an hour is none. */
const STEADY_BYTES = 1024;

/** How the use of a volume changes: `+2 MiB/h, full in 3 d`; empty when unknown. */
export function trendText(volume: Pick<Volume, 'bytesPerHour' | 'usedBytes' | 'size'>): string {
  const rate = volume.bytesPerHour;
  if (rate == null || volume.usedBytes === null) return '';
  if (Math.abs(rate) < STEADY_BYTES) return 'steady';
  if (rate < 0) return `−${formatBytes(-rate)}/h`;
  const left = volume.size * BYTES_PER_MIB - volume.usedBytes;
  const full = left > 0 ? `, full in ${formatDuration((left / rate) * 3_600)}` : '';
  return `+${formatBytes(rate)}/h${full}`;
}
