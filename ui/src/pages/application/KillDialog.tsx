import { Content } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/http';
import { appVolumesQuery } from '../../api/queries';
import type { Task } from '../../api/types';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { plural } from '../../logic/planText';
import { formatBytes, formatMib } from '../../logic/sizes';

export type Kill = { kind: 'kill' | 'scale' | 'wipe'; tasks: Task[] };

const WORDS: Record<Kill['kind'], { verb: string; text: string }> = {
  kill: {
    verb: 'Kill',
    text: 'The tasks are ended and started again at once, where their volumes are.',
  },
  scale: {
    verb: 'Kill and scale',
    text: 'The tasks are ended and the app is scaled down by as many. Their volumes are kept, detached.',
  },
  wipe: {
    verb: 'Kill and wipe',
    text: 'The tasks are ended, and their volumes are destroyed with all data. New instances start with new, empty volumes.',
  },
};

/** Asks before tasks are ended; before volumes are destroyed, the app's name must be typed. */
export function KillDialog(props: {
  appId: string;
  kill: Kill;
  onClose: () => void;
  onDone: () => void;
}) {
  const { kind, tasks } = props.kill;
  const { verb, text } = WORDS[kind];
  const which =
    tasks.length === 1 ? `instance ${tasks[0]?.ordinal}` : plural(tasks.length, 'instance');
  return (
    <ConfirmDialog
      title={`${verb} ${which} of ${props.appId}`}
      verb={verb}
      typedName={kind === 'wipe' ? props.appId : undefined}
      act={async () => {
        await request('POST', '/v2/tasks/delete', {
          query: kind === 'kill' ? {} : { [kind]: true },
          body: { ids: tasks.map((task) => task.id) },
        });
        return `${verb}: ${plural(tasks.length, 'instance')}`;
      }}
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <Content component="p">{text}</Content>
      {kind === 'wipe' && <Wiped appId={props.appId} tasks={tasks} />}
    </ConfirmDialog>
  );
}

/** The volumes that a wipe destroys, and what is in them. */
function Wiped({ appId, tasks }: { appId: string; tasks: Task[] }) {
  const volumes = useQuery(appVolumesQuery(appId)).data;
  const ids = tasks.flatMap((task) => task.localVolumes.map((volume) => volume.persistenceId));
  return (
    <ul className="hp-plan-lines">
      <li className="hp-plan-line hp-plan-destroy">
        <span className="hp-plan-text">Destroys {plural(ids.length, 'volume')} for good</span>
        <ul className="hp-plan-items">
          {ids.map((id) => {
            const volume = volumes?.find((one) => one.id === id);
            return (
              <li key={id}>
                {id}
                {volume &&
                  `: ${volume.usedBytes === null ? 'use unknown' : `${formatBytes(volume.usedBytes)} in use`} of ${formatMib(volume.size)}, on ${volume.host}`}
              </li>
            );
          })}
        </ul>
      </li>
    </ul>
  );
}
