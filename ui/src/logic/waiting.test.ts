import { describe, expect, it } from 'vitest';
import type { WaitingInstance } from '../api/types';
import { waitingGroups, whoWaits } from './waiting';

const waits = (ordinal: number, reason: string, since: string): WaitingInstance => ({
  instanceId: `i${ordinal}`,
  ordinal,
  reason,
  since,
  wouldFit: [],
  agents: [],
});

describe('waiting instances', () => {
  it('are told once when they wait for the same', () => {
    const groups = waitingGroups([
      waits(2, 'memory', '2026-01-01T00:00:02Z'),
      waits(0, 'memory', '2026-01-01T00:00:01Z'),
      waits(1, 'its agent', '2026-01-01T00:00:00Z'),
    ]);
    expect(groups.map(({ ordinals, since }) => [ordinals, since])).toEqual([
      [[0, 2], '2026-01-01T00:00:01Z'],
      [[1], '2026-01-01T00:00:00Z'],
    ]);
  });

  it.each([
    [[3], 'Instance 3 waits'],
    [[0, 1], 'Instances 0, 1 wait'],
    [[0, 1, 2, 3, 7], 'Instances 0 to 3, 7 wait'],
  ])('%j reads "%s"', (ordinals, text) => expect(whoWaits(ordinals)).toBe(text));
});
