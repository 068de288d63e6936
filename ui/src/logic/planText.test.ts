import { describe, expect, it } from 'vitest';
import type { PlannedApp } from '../api/types';
import { changesNothing, destroysData, planLines, planSummary } from './planText';

const nothing: PlannedApp = {
  id: '/db',
  change: 'none',
  from: 2,
  to: 2,
  starts: [],
  stops: [],
  restarts: [],
  volumes: { kept: [], detached: [], reattached: [], created: [], destroyed: [] },
  bytesDestroyed: 0,
};
const volume = {
  id: 'db#data#1',
  ordinal: 1,
  containerPath: 'data',
  size: 64,
  usedBytes: 41_943_040,
  agentId: 'a1',
  host: 'one',
};

describe('a plan in words', () => {
  it('says what is destroyed first, with its bytes', () => {
    const plan: PlannedApp = {
      ...nothing,
      change: 'delete',
      stops: [{ ordinal: 1, instanceId: 'i', taskId: 't' }],
      volumes: { ...nothing.volumes, destroyed: [volume] },
      bytesDestroyed: 41_943_040,
    };
    expect(planLines(plan)[0]).toMatchObject({
      tone: 'destroy',
      text: 'Destroys 1 volume for good: 40 MiB of data',
    });
    expect(destroysData({ version: null, steps: [], apps: [plan] })).toBe(true);
  });

  it('calls scaling to nothing suspending', () => {
    expect(planSummary({ ...nothing, change: 'scale', to: 0 })).toBe(
      'Suspends /db: all of its 2 instances end.',
    );
  });

  it('knows when nothing happens', () => {
    expect(changesNothing({ version: null, steps: [], apps: [nothing] })).toBe(true);
    const creation = { ...nothing, change: 'create' as const, from: 0, to: 0 };
    expect(changesNothing({ version: null, steps: [], apps: [creation] })).toBe(false);
  });
});
