/** Waiting instances, gathered by what they wait for. */
import type { WaitingInstance } from '../api/types';

export type WaitingGroup = { ordinals: number[]; since: string; example: WaitingInstance };

/** Instances that wait for the same reasons, told once; by the lowest ordinal. */
export function waitingGroups(waiting: readonly WaitingInstance[]): WaitingGroup[] {
  const groups = new Map<string, WaitingGroup>();
  for (const one of [...waiting].sort((a, b) => a.ordinal - b.ordinal)) {
    const key = JSON.stringify([one.reason, one.wouldFit, one.agents]);
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { ordinals: [one.ordinal], since: one.since, example: one });
    } else {
      group.ordinals.push(one.ordinal);
      if (one.since < group.since) group.since = one.since;
    }
  }
  return [...groups.values()];
}

/** `Instance 3 waits`, `Instances 0 to 3, 7 wait`. */
export function whoWaits(ordinals: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const ordinal of ordinals) {
    const last = runs[runs.length - 1];
    if (last && ordinal === last[1] + 1) last[1] = ordinal;
    else runs.push([ordinal, ordinal]);
  }
  const text = runs
    .map(([from, to]) =>
      from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`,
    )
    .join(', ');
  return ordinals.length === 1 ? `Instance ${text} waits` : `Instances ${text} wait`;
}
