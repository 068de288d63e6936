import { FormSelect, FormSelectOption, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { runsQuery } from '../../api/queries';
import type { Run } from '../../api/types';
import { incarnation } from '../../logic/ids';
import { formatExact } from '../../logic/times';
import { Loaded, Nothing } from '../Loaded';
import { LogView } from './LogView';

const LOGS = ['stdout', 'stderr'] as const;

/** The logs of an app: of each instance now, and of its earlier runs. */
export default function LogsTab({ appId }: { appId: string }) {
  const runs = useQuery(runsQuery(appId));
  const [parameters, setParameters] = useSearchParams();
  const set = (name: string, value: string) =>
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const log = LOGS.find((name) => name === parameters.get('log')) ?? 'stdout';
  return (
    <Loaded query={runs}>
      {(all) => {
        const ordered = [...all].sort(byInstance);
        const wanted = parameters.get('task');
        const run = ordered.find((one) => one.taskId === wanted) ?? ordered[0];
        if (!run) return <Nothing title="No logs">No task has been started yet.</Nothing>;
        return (
          <>
            <div className="hp-log-choice">
              <FormSelect
                aria-label="Run"
                value={run.taskId}
                onChange={(_event, taskId) => set('task', taskId)}
              >
                {ordered.map((one) => (
                  <FormSelectOption key={one.taskId} value={one.taskId} label={runText(one)} />
                ))}
              </FormSelect>
              <ToggleGroup aria-label="Log">
                {LOGS.map((name) => (
                  <ToggleGroupItem
                    key={name}
                    text={name}
                    isSelected={log === name}
                    onChange={() => set('log', name)}
                  />
                ))}
              </ToggleGroup>
            </div>
            <LogView key={`${run.taskId} ${log}`} taskId={run.taskId} name={log} />
          </>
        );
      }}
    </Loaded>
  );
}

function byInstance(a: Run, b: Run): number {
  return a.ordinal - b.ordinal || (incarnation(b.taskId) ?? 0) - (incarnation(a.taskId) ?? 0);
}

function runText(run: Run): string {
  const number = incarnation(run.taskId);
  return `Instance ${run.ordinal}, run ${number ?? '?'} on ${run.host}, ${when(run)}`;
}

/** Of runs before the last one nothing but the sandbox is kept. */
function when(run: Run): string {
  if (run.stagedAt === undefined) return 'earlier';
  return run.endedAt
    ? `ended ${formatExact(new Date(run.endedAt))}`
    : `since ${formatExact(new Date(run.stagedAt))}`;
}
