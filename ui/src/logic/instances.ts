/** The instances of an app: those that have a task, and those that wait for their first one. */
import type { App, Explanation, Task, WaitingInstance } from '../api/types';

export type InstanceRow = {
  instanceId: string;
  ordinal: number;
  /** What is shown as its state. */
  condition: string;
  reason: string;
  since: string | undefined;
  isLive: boolean;
  isDetached: boolean;
  task: Task | undefined;
};

/** Rows for the instances, by ordinal; waiting ones say what they wait for. */
export function instanceRows(app: App, explanation: Explanation | undefined): InstanceRow[] {
  const waiting = new Map((explanation?.waiting ?? []).map((one) => [one.instanceId, one]));
  const rows = (app.tasks ?? []).map((task) => {
    const waits = waiting.get(task.instanceId);
    waiting.delete(task.instanceId);
    return taskRow(task, waits);
  });
  return [...rows, ...[...waiting.values()].map(waitingRow)].sort(
    (a, b) => a.ordinal - b.ordinal || a.instanceId.localeCompare(b.instanceId),
  );
}

/** `TASK_FAILED` is `Failed`. */
export function taskStateText(state: string): string {
  const words = state
    .replace(/^TASK_/, '')
    .replace(/_/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const LIVE = ['TASK_STAGING', 'TASK_STARTING', 'TASK_RUNNING', 'TASK_KILLING', 'TASK_UNREACHABLE'];

export function isLive(task: Task): boolean {
  return LIVE.includes(task.state);
}

const known = new WeakMap<Task, InstanceRow>();

/** The same row for the same task, so that only those of changed tasks render again. */
function taskRow(task: Task, waits: WaitingInstance | undefined): InstanceRow {
  const before = known.get(task);
  if (before && !waits) return before;
  const row = newTaskRow(task, waits);
  if (!waits) known.set(task, row);
  return row;
}

function newTaskRow(task: Task, waits: WaitingInstance | undefined): InstanceRow {
  const live = isLive(task);
  const isDetached = !live && task.goal === 'Stopped';
  const isEnding = live && task.killRequestedAt !== undefined;
  return {
    instanceId: task.instanceId,
    ordinal: task.ordinal,
    condition: isDetached
      ? 'Detached'
      : isEnding && task.condition === 'Running'
        ? 'Killing'
        : live
          ? task.condition
          : 'Waiting',
    reason: isDetached
      ? 'Scaled away; its volumes are kept'
      : live
        ? (task.message ?? '')
        : (waits?.reason ?? lastEnd(task)),
    since: task.since,
    isLive: live,
    isDetached,
    task,
  };
}

function lastEnd(task: Task): string {
  return `Its last task: ${task.condition}${task.message ? ` (${task.message})` : ''}`;
}

function waitingRow(waits: WaitingInstance): InstanceRow {
  return {
    instanceId: waits.instanceId,
    ordinal: waits.ordinal,
    condition: 'Waiting',
    reason: waits.reason,
    since: waits.since,
    isLive: false,
    isDetached: false,
    task: undefined,
  };
}

/** Where a port of a task can be reached from a browser. */
export function portUrl(task: Task, port: number): string {
  const address = task.ipAddresses[0]?.ipAddress ?? task.host;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
