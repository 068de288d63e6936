import { describe, expect, it } from 'vitest';
import type { App, Task } from '../api/types';
import { instanceRows } from './instances';

const task = (ordinal: number, state: string) =>
  ({
    id: `web.instance-x-${ordinal}._app.1`,
    instanceId: `web.instance-x-${ordinal}`,
    ordinal,
    state,
    condition: 'Running',
  }) as Task;
const app = (...tasks: Task[]) => ({ id: '/web', tasks }) as App;

describe('the rows of instances', () => {
  it('stay the same for tasks that did not change', () => {
    const [one, other] = [task(0, 'TASK_RUNNING'), task(1, 'TASK_RUNNING')];
    const before = instanceRows(app(one, other), undefined);
    const after = instanceRows(app(one, { ...other, state: 'TASK_KILLING' }), undefined);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it('say what an instance waits for, and not after it has come', () => {
    const failed = task(0, 'TASK_FAILED');
    const waiting = { instanceId: failed.instanceId, ordinal: 0, reason: 'Its agent is away.' };
    const explanation = { waiting: [waiting] } as unknown as Parameters<typeof instanceRows>[1];
    expect(instanceRows(app(failed), explanation)[0]?.reason).toBe('Its agent is away.');
    expect(instanceRows(app(failed), undefined)[0]?.reason).toBe('Its last task: Running');
  });
});
