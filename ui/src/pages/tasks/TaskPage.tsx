import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { taskPath, tasksQuery } from '../../api/queries';
import { FileBrowser } from '../../components/files/FileBrowser';
import { AgentLink, AppLink, VolumeLink } from '../../components/links';
import { ConditionLabel } from '../../components/labels';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { links } from '../../logic/links';

/** One task, also one that has ended: where it ran, and what is in its sandbox. */
export default function TaskPage() {
  const id = useParams()['id'] ?? '';
  const task = useQuery(tasksQuery).data?.find((one) => one.id === id);
  return (
    <>
      <PageHeader
        title={id}
        crumbs={
          task
            ? [{ text: task.appId, to: links.app(task.appId) }]
            : [{ text: 'Applications', to: links.applications }]
        }
        labels={task && <ConditionLabel condition={task.condition} />}
        actions={task && <Link to={links.app(task.appId, 'logs', { task: id })}>Logs</Link>}
        description={
          task && (
            <>
              Instance {task.ordinal} of <AppLink id={task.appId} /> on{' '}
              <AgentLink id={task.slaveId} host={task.host} />, {task.condition.toLowerCase()} since{' '}
              <RelativeTime at={task.since} />.{task.message && ` ${task.message}.`}{' '}
              {task.localVolumes.map((volume) => (
                <span key={volume.persistenceId}>
                  Volume <VolumeLink id={volume.persistenceId} />.{' '}
                </span>
              ))}
            </>
          )
        }
      />
      <PageSection hasBodyWrapper={false}>
        <FileBrowser place={taskPath(id)} label="Sandbox" />
      </PageSection>
    </>
  );
}
