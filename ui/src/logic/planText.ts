/** A plan in words. */
import type { Plan, PlannedApp, PlannedStop, PlannedVolume } from '../api/types';
import { formatBytes, formatMib } from './sizes';

export type PlanTone = 'start' | 'stop' | 'restart' | 'keep' | 'warn' | 'destroy';

/** One fact of a plan: a sentence, and the single instances or volumes it is about. */
export type PlanLine = { tone: PlanTone; text: string; items: string[] };

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The sentence over everything else. */
export function planSummary(app: PlannedApp): string {
  switch (app.change) {
    case 'create':
      return `Creates ${app.id} with ${plural(app.to, 'instance')}.`;
    case 'scale':
      return app.to === 0
        ? `Suspends ${app.id}: all of its ${plural(app.from, 'instance')} end.`
        : `Scales ${app.id} from ${plural(app.from, 'instance')} to ${app.to}.`;
    case 'restart':
    case 'update':
      return app.restarts.length > 0
        ? `Restarts ${plural(app.restarts.length, 'instance')} of ${app.id}.`
        : `Changes ${app.id}.`;
    case 'delete':
      return `Deletes ${app.id} and everything it holds.`;
    case 'none':
      return `Nothing changes for ${app.id}.`;
  }
}

export function planLines(app: PlannedApp): PlanLine[] {
  const volumes = app.volumes;
  const lines: PlanLine[] = [];
  const add = (tone: PlanTone, text: string, items: string[]) => {
    if (items.length > 0) lines.push({ tone, text, items });
  };
  add(
    'destroy',
    `Destroys ${plural(volumes.destroyed.length, 'volume')} for good: ${stake(app)}`,
    volumes.destroyed.map(placed),
  );
  add('stop', `Stops ${plural(app.stops.length, 'instance')}`, app.stops.map(stop));
  add('restart', `Restarts ${plural(app.restarts.length, 'instance')}`, app.restarts.map(stop));
  add(
    'start',
    `Starts ${plural(app.starts.length, 'instance')}`,
    app.starts.map((start) => `instance ${start.ordinal}: ${start.why}`),
  );
  add(
    'warn',
    `Detaches ${plural(volumes.detached.length, 'volume')}; the data and the reservation are kept`,
    volumes.detached.map(placed),
  );
  add(
    'start',
    `Attaches ${plural(volumes.reattached.length, 'detached volume')} again`,
    volumes.reattached.map(placed),
  );
  add(
    'start',
    `Creates ${plural(volumes.created.length, 'volume')}`,
    volumes.created.map(
      (volume) =>
        `${volume.containerPath} of instance ${volume.ordinal}, ${formatMib(volume.size)}`,
    ),
  );
  add(
    'keep',
    `Keeps ${plural(volumes.kept.length, 'volume')} as ${volumes.kept.length === 1 ? 'it is' : 'they are'}`,
    volumes.kept.map(placed),
  );
  return lines;
}

function stop(planned: PlannedStop): string {
  return `instance ${planned.ordinal}`;
}

function placed(volume: PlannedVolume): string {
  const used =
    volume.usedBytes === null ? 'use unknown' : `${formatBytes(volume.usedBytes)} in use`;
  return `${volume.id}: ${volume.containerPath} of instance ${volume.ordinal} on ${volume.host}, ${used} of ${formatMib(volume.size)}`;
}

function stake(app: PlannedApp): string {
  return `${formatBytes(app.bytesDestroyed)} of data`;
}

/** Whether a plan destroys data, so that the name has to be typed. */
export function destroysData(plan: Plan): boolean {
  return plan.apps.some((app) => app.volumes.destroyed.length > 0);
}

export function changesNothing(plan: Plan): boolean {
  return plan.apps.every(
    (app) =>
      app.change === 'none' ||
      (app.change !== 'create' && app.change !== 'delete' && planLines(app).length === 0),
  );
}
