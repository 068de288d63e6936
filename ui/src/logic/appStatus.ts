/** What an app is doing and how it feels, from the counts that the API gives. */
import type { App, QueueEntry } from '../api/types';

export const APP_STATUSES = [
  'Running',
  'Deploying',
  'Waiting',
  'Delayed',
  'Incomplete',
  'Suspended',
] as const;
export type AppStatus = (typeof APP_STATUSES)[number];

export const APP_HEALTHS = ['Healthy', 'Unhealthy', 'Unknown', 'No checks'] as const;
export type AppHealth = (typeof APP_HEALTHS)[number];

/** The ids of the apps whose next launch is put off after failures. */
export function delayedApps(queue: QueueEntry[]): ReadonlySet<string> {
  return new Set(queue.filter((entry) => !entry.delay.overdue).map((entry) => entry.app.id));
}

export function appStatus(app: App, delayed: ReadonlySet<string>): AppStatus {
  if (app.homeport.waiting > 0 && delayed.has(app.id)) return 'Delayed';
  if (app.homeport.waiting > 0) return 'Waiting';
  if (app.deployments.length > 0) return 'Deploying';
  if (app.instances === 0 && app.tasksRunning + app.tasksStaged === 0) return 'Suspended';
  return app.tasksRunning >= app.instances ? 'Running' : 'Incomplete';
}

export function statusMeaning(status: AppStatus): string {
  switch (status) {
    case 'Running':
      return 'All instances run.';
    case 'Deploying':
      return 'A deployment is under way.';
    case 'Waiting':
      return 'Instances wait for an agent that fits; the tab Why names the reasons.';
    case 'Delayed':
      return 'Its tasks keep ending, so the next launch is put off for a while.';
    case 'Incomplete':
      return 'Fewer instances run than are wanted: some are starting or out of reach.';
    case 'Suspended':
      return 'Scaled to no instances. Its volumes are kept, detached.';
  }
}

export function appHealth(app: App): AppHealth {
  if (app.tasksUnhealthy > 0) return 'Unhealthy';
  if ((app.healthChecks ?? []).length === 0) return 'No checks';
  return app.tasksHealthy > 0 && app.tasksHealthy >= app.tasksRunning ? 'Healthy' : 'Unknown';
}

/** How bad a status is, for sorting and for the worst of a folder. */
export function statusRank(status: AppStatus): number {
  return ['Delayed', 'Waiting', 'Incomplete', 'Deploying', 'Running', 'Suspended'].indexOf(status);
}

export function healthRank(health: AppHealth): number {
  return ['Unhealthy', 'Unknown', 'Healthy', 'No checks'].indexOf(health);
}
