import { Button } from '@patternfly/react-core';
import { useCallback, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { App, Explanation } from '../../api/types';
import { type Column, DataTable, type RowAction } from '../../components/DataTable';
import { AgentLink } from '../../components/links';
import { Nothing } from '../../components/Loaded';
import { ConditionLabel } from '../../components/labels';
import { Sentence } from '../../components/Sentence';
import { RelativeTime } from '../../components/RelativeTime';
import { shortInstance } from '../../logic/ids';
import { type InstanceRow, instanceRows, portUrl } from '../../logic/instances';
import { links } from '../../logic/links';
import { type Kill, KillDialog } from './KillDialog';

/** The instances of an app and what can be done with single ones. */
export function InstancesTab(props: { app: App; explanation: Explanation | undefined }) {
  const { app, explanation } = props;
  const rows = useMemo(() => instanceRows(app, explanation), [app, explanation]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [kill, setKill] = useState<Kill>();
  const navigate = useNavigate();
  const hasChecks = (app.healthChecks ?? []).length > 0;
  const columns = useMemo(() => columnsOf(app.version, hasChecks), [app.version, hasChecks]);
  const chosen = rows.filter((row) => selected.has(row.instanceId) && row.task);
  const hasVolumes = app.homeport.stateful;

  const actions = useCallback(
    (row: InstanceRow): RowAction[] => {
      const { task } = row;
      if (!task) return [];
      const ask = (kind: Kill['kind']) => () => setKill({ kind, tasks: [task] });
      return [
        {
          title: 'Logs',
          onClick: () => void navigate(links.app(app.id, 'logs', { task: task.id })),
        },
        { title: 'Files and details', onClick: () => void navigate(links.task(task.id)) },
        { isSeparator: true },
        { title: 'Kill', onClick: ask('kill'), isDisabled: !row.isLive },
        { title: 'Kill and scale', onClick: ask('scale'), isDisabled: row.isDetached },
        ...(hasVolumes ? [{ title: 'Kill and wipe', isDanger: true, onClick: ask('wipe') }] : []),
      ];
    },
    [app.id, hasVolumes, navigate],
  );

  if (rows.length === 0) {
    return (
      <Nothing title="No instances">
        {app.instances === 0
          ? 'The app is suspended. Scale it up to run it.'
          : 'None has been started yet.'}
      </Nothing>
    );
  }
  const askAll = (kind: Kill['kind']) =>
    setKill({ kind, tasks: chosen.flatMap((row) => (row.task ? [row.task] : [])) });
  return (
    <>
      <div className="hp-table-toolbar" role="toolbar" aria-label="Chosen instances">
        {chosen.length === 0 ? (
          <span className="hp-quiet">Choose instances to end several at once.</span>
        ) : (
          <>
            <strong>{chosen.length} chosen</strong>
            <Button variant="secondary" size="sm" onClick={() => askAll('kill')}>
              Kill
            </Button>
            <Button variant="secondary" size="sm" onClick={() => askAll('scale')}>
              Kill and scale
            </Button>
            {hasVolumes && (
              <Button variant="secondary" isDanger size="sm" onClick={() => askAll('wipe')}>
                Kill and wipe
              </Button>
            )}
          </>
        )}
      </div>
      <DataTable
        label="Instances"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.instanceId}
        actions={actions}
        actionsLabel={(row) => `Actions for instance ${row.ordinal}`}
        defaultSort={{ key: 'ordinal', descending: false }}
        selection={{ selected, onChange: setSelected }}
      />
      {kill && (
        <KillDialog
          appId={app.id}
          kill={kill}
          onClose={() => setKill(undefined)}
          onDone={() => setSelected(new Set())}
        />
      )}
    </>
  );
}

function columnsOf(version: string, hasChecks: boolean): Column<InstanceRow>[] {
  const health: Column<InstanceRow>[] = hasChecks
    ? [{ key: 'health', title: 'Health', cell: (row) => <Health row={row} /> }]
    : [];
  return [
    {
      key: 'ordinal',
      title: 'Instance',
      sortBy: (row) => row.ordinal,
      cell: (row) => <Name row={row} />,
    },
    { key: 'state', title: 'State', width: 30, sortBy: (row) => row.condition, cell: state },
    {
      key: 'agent',
      title: 'Agent',
      sortBy: (row) => row.task?.host ?? '',
      cell: (row) => row.task && <AgentLink id={row.task.slaveId} host={row.task.host} />,
    },
    { key: 'ports', title: 'Ports', cell: (row) => <Ports row={row} /> },
    ...health,
    {
      key: 'version',
      title: 'Version',
      sortBy: (row) => row.task?.version ?? '',
      cell: (row) => <Version row={row} current={version} />,
    },
    {
      key: 'since',
      title: 'Since',
      sortBy: (row) => row.since ?? '',
      cell: (row) => row.since && <RelativeTime at={row.since} />,
    },
  ];
}

function Name({ row }: { row: InstanceRow }) {
  const words = (
    <>
      <strong>{row.ordinal}</strong>{' '}
      <span className="hp-quiet hp-small">{shortInstance(row.instanceId)}</span>
    </>
  );
  return row.task ? (
    <Link to={links.task(row.task.id)} title={row.task.id} className="hp-plain-link">
      {words}
    </Link>
  ) : (
    <span title={row.instanceId}>{words}</span>
  );
}

function state(row: InstanceRow) {
  return (
    <div>
      <ConditionLabel condition={row.condition} />
      {row.reason && (
        <div className="hp-quiet hp-small hp-reason">
          <Sentence text={row.reason} />
        </div>
      )}
    </div>
  );
}

function Ports({ row }: { row: InstanceRow }) {
  const { task } = row;
  if (!task || task.ports.length === 0) return <span className="hp-quiet">–</span>;
  return (
    <span className="hp-ports">
      {task.ports.map((port) => (
        <a key={port} href={portUrl(task, port)} target="_blank" rel="noreferrer">
          {port}
        </a>
      ))}
    </span>
  );
}

function Health({ row }: { row: InstanceRow }) {
  if (row.task?.healthy === undefined) return <span className="hp-quiet">Not known yet</span>;
  return row.task.healthy ? (
    <span className="hp-good">Healthy</span>
  ) : (
    <span className="hp-bad">Unhealthy</span>
  );
}

function Version({ row, current }: { row: InstanceRow; current: string }) {
  const version = row.task?.version;
  if (!version) return <span className="hp-quiet">–</span>;
  return (
    <>
      <RelativeTime at={version} />
      {version !== current && <span className="hp-quiet"> (earlier)</span>}
    </>
  );
}
