import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { agentsQuery } from '../../api/queries';
import type { Agent } from '../../api/types';
import { type Column, DataTable } from '../../components/DataTable';
import { AgentLink } from '../../components/links';
import { Loaded, Nothing } from '../../components/Loaded';
import { AgentStatusLabel } from '../../components/labels';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { CapacityBar } from '../../components/UsageBar';
import { formatCores, formatMib } from '../../logic/sizes';
import { AgentDialog, type AgentOperation, operationsOf, verbOf } from './AgentActions';

/** The machines that tasks run on. */
export default function AgentsPage() {
  const agents = useQuery(agentsQuery);
  const [open, setOpen] = useState<{ agent: Agent; operation: AgentOperation }>();
  const actions = useCallback(
    (agent: Agent) =>
      operationsOf(agent).map((operation) => ({
        title: verbOf(operation),
        isDanger: operation === 'gone',
        onClick: () => setOpen({ agent, operation }),
      })),
    [],
  );
  return (
    <>
      <PageHeader title="Agents" />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={agents}>
          {(all) =>
            all.length === 0 ? (
              <Nothing title="No agents">No machine has offered its resources yet.</Nothing>
            ) : (
              <>
                <p className="hp-quiet hp-legend">
                  <span className="hp-swatch hp-bar-ok" /> used by tasks{' '}
                  <span className="hp-swatch hp-bar-reserved" /> reserved, also for volumes without
                  a task
                </p>
                <DataTable
                  label="Agents"
                  columns={COLUMNS}
                  rows={all}
                  rowKey={(agent) => agent.id}
                  actions={actions}
                  actionsLabel={(agent) => `Actions for ${agent.hostname}`}
                  defaultSort={{ key: 'agent', descending: false }}
                />
              </>
            )
          }
        </Loaded>
      </PageSection>
      {open && <AgentDialog {...open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function bar(
  key: 'cpus' | 'mem' | 'disk',
  title: string,
  format: (value: number) => string,
): Column<Agent> {
  return {
    key,
    title,
    descendingFirst: true,
    sortBy: (agent) => agent.reserved[key] / Math.max(1, agent.total[key]),
    cell: (agent) => (
      <CapacityBar
        name={title}
        total={agent.total[key]}
        reserved={agent.reserved[key]}
        used={agent.used[key]}
        format={format}
      />
    ),
  };
}

const COLUMNS: Column<Agent>[] = [
  {
    key: 'agent',
    title: 'Agent',
    sortBy: (agent) => agent.hostname,
    cell: (agent) => <AgentLink id={agent.id} host={agent.hostname} />,
  },
  {
    key: 'status',
    title: 'Status',
    sortBy: (agent) => agent.status,
    cell: (agent) => <AgentStatusLabel status={agent.status} />,
  },
  bar('cpus', 'CPUs', formatCores),
  bar('mem', 'Memory', formatMib),
  bar('disk', 'Disk', formatMib),
  {
    key: 'tasks',
    title: 'Tasks',
    numeric: true,
    sortBy: (agent) => agent.tasks,
    cell: (agent) => agent.tasks,
  },
  {
    key: 'volumes',
    title: 'Volumes',
    numeric: true,
    sortBy: (agent) => agent.volumes,
    cell: (agent) => agent.volumes,
  },
  {
    key: 'seen',
    title: 'Last seen',
    sortBy: (agent) => agent.lastSeen ?? '',
    cell: (agent) => <RelativeTime at={agent.lastSeen} />,
  },
];
