import { describe, expect, it } from 'vitest';
import type { Volume } from '../api/types';
import { heldBack, trendText } from './volumes';

const MIB = 1_048_576;

const volume = (more: Partial<Volume>): Volume => ({
  id: 'a#data#1',
  appId: '/a',
  instanceId: null,
  taskId: null,
  ordinal: 0,
  agentId: 'one',
  host: 'one',
  containerPath: 'data',
  size: 100,
  type: 'root',
  mode: 'RW',
  usedBytes: 10 * MIB,
  usageMeasuredAt: '2026-01-01T00:00:00.000Z',
  bytesPerHour: null,
  location: null,
  status: 'detached',
  since: '2026-01-01T00:00:00.000Z',
  why: null,
  createdAt: null,
  lastUsedAt: null,
  reservationId: 'r1',
  reserved: { cpus: 0.5, mem: 64, disk: 100, gpus: 0, ports: [31000] },
  ...more,
});

describe('the trend of a volume', () => {
  it.each([
    [null, ''],
    [100, 'steady'],
    [-2 * MIB, '−2 MiB/h'],
    [3 * MIB, '+3 MiB/h, full in 1 d 6 h'],
  ])('at %s bytes an hour reads "%s"', (bytesPerHour, text) =>
    expect(trendText(volume({ bytesPerHour }))).toBe(text),
  );

  it('does not say when one will be full that is', () => {
    expect(trendText(volume({ bytesPerHour: MIB, usedBytes: 101 * MIB }))).toBe('+1 MiB/h');
  });
});

describe('what volumes without a task hold back', () => {
  it('counts each reservation once, and what is in use not at all', () => {
    const held = heldBack([
      volume({}),
      volume({ id: 'a#logs#1', usedBytes: null }),
      volume({ id: 'a#data#2', status: 'attached', reservationId: 'r2' }),
      volume({ id: 'a#data#3', status: 'left behind', reservationId: 'r3' }),
    ]);
    expect(held).toEqual({
      count: 3,
      size: 300,
      usedBytes: 20 * MIB,
      cpus: 1,
      mem: 128,
      ports: 2,
    });
  });
});
