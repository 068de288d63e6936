import { Button, Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { agentsQuery, tasksQuery, volumesQuery } from '../../api/queries';
import type { Agent, Task } from '../../api/types';
import { type Column, DataTable } from '../../components/DataTable';
import { AppLink } from '../../components/links';
import { Loaded, Missing, Nothing } from '../../components/Loaded';
import { AgentStatusLabel, ConditionLabel } from '../../components/labels';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { CapacityBar } from '../../components/UsageBar';
import { isLive } from '../../logic/instances';
import { links } from '../../logic/links';
import { formatCores, formatMib } from '../../logic/sizes';
import { VolumeTable } from '../volumes/VolumeTable';
import { AgentDialog, type AgentOperation, operationsOf, verbOf } from './AgentActions';

/** One machine: what it has, and what is on it. */
export default function AgentPage() {
  const id = useParams()['id'] ?? '';
  const agents = useQuery(agentsQuery);
  const agent = agents.data?.find((one) => one.id === id);
  const tasks = useQuery(tasksQuery).data?.filter((task) => task.slaveId === id && isLive(task));
  const volumes = useQuery(volumesQuery).data?.filter((volume) => volume.agentId === id);
  const [operation, setOperation] = useState<AgentOperation>();
  return (
    <>
      <PageHeader
        title={agent?.hostname ?? id}
        crumbs={[{ text: 'Agents', to: links.agents }]}
        labels={agent && <AgentStatusLabel status={agent.status} />}
        actions={
          agent &&
          operationsOf(agent).map((one) => (
            <Button
              key={one}
              variant={one === 'gone' ? 'danger' : 'secondary'}
              onClick={() => setOperation(one)}
            >
              {verbOf(one)}
            </Button>
          ))
        }
        description={
          agent && (
            <>
              Last seen <RelativeTime at={agent.lastSeen} />
              {[agent.region, agent.zone].filter(Boolean).map((place) => `, ${place}`)}
              {Object.entries(agent.attributes).map(([name, value]) => `, ${name}=${value}`)}
            </>
          )
        }
      />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={agents}>
          {() =>
            agent ? (
              <div className="hp-stack">
                <Capacity agent={agent} />
                <Card isCompact>
                  <CardTitle component="h2">Tasks</CardTitle>
                  <CardBody>
                    {tasks && tasks.length > 0 ? (
                      <DataTable
                        label="Tasks"
                        columns={TASK_COLUMNS}
                        rows={tasks}
                        rowKey={(task) => task.id}
                        defaultSort={{ key: 'app', descending: false }}
                      />
                    ) : (
                      <Nothing title="No tasks" />
                    )}
                  </CardBody>
                </Card>
                <Card isCompact>
                  <CardTitle component="h2">Volumes</CardTitle>
                  <CardBody>
                    {volumes && volumes.length > 0 ? (
                      <VolumeTable volumes={volumes} label="Volumes" showsApp showsAgent={false} />
                    ) : (
                      <Nothing title="No volumes" />
                    )}
                  </CardBody>
                </Card>
              </div>
            ) : (
              <Missing what={`The agent ${id}`} />
            )
          }
        </Loaded>
      </PageSection>
      {agent && operation && (
        <AgentDialog agent={agent} operation={operation} onClose={() => setOperation(undefined)} />
      )}
    </>
  );
}

function Capacity({ agent }: { agent: Agent }) {
  const bars = [
    { key: 'cpus', name: 'CPUs', format: formatCores },
    { key: 'mem', name: 'Memory', format: formatMib },
    { key: 'disk', name: 'Disk', format: formatMib },
    { key: 'ports', name: 'Ports', format: String },
  ] as const;
  return (
    <Card isCompact>
      <CardTitle component="h2">Capacity</CardTitle>
      <CardBody className="hp-capacity">
        {bars.map(({ key, name, format }) => (
          <div key={key}>
            <span>{name}</span>
            <CapacityBar
              name={name}
              total={agent.total[key]}
              reserved={agent.reserved[key]}
              used={agent.used[key]}
              format={format}
            />
          </div>
        ))}
      </CardBody>
    </Card>
  );
}

const TASK_COLUMNS: Column<Task>[] = [
  {
    key: 'app',
    title: 'Application',
    sortBy: (task) => task.appId,
    cell: (task) => <AppLink id={task.appId} />,
  },
  {
    key: 'instance',
    title: 'Instance',
    sortBy: (task) => task.ordinal,
    cell: (task) => (
      <Link to={links.task(task.id)} title={task.id}>
        {task.ordinal}
      </Link>
    ),
  },
  {
    key: 'state',
    title: 'State',
    sortBy: (task) => task.condition,
    cell: (task) => <ConditionLabel condition={task.condition} />,
  },
  {
    key: 'since',
    title: 'Since',
    sortBy: (task) => task.since,
    cell: (task) => <RelativeTime at={task.since} />,
  },
];
