import { Fragment, useCallback, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Volume } from '../../api/types';
import { type Column, DataTable, type RowAction } from '../../components/DataTable';
import { AgentLink, AppLink, VolumeLink } from '../../components/links';
import { VolumeStatusLabel } from '../../components/labels';
import { RelativeTime } from '../../components/RelativeTime';
import { VolumeUsage } from '../../components/UsageBar';
import { shortInstance } from '../../logic/ids';
import { links } from '../../logic/links';
import { formatMib } from '../../logic/sizes';
import { isAdoptable, isDestroyable, trendText } from '../../logic/volumes';
import { type VolumeAction, VolumeActionDialog } from './VolumeActionDialog';

/** Volumes, of one app or of all. */
export function VolumeTable(props: {
  volumes: readonly Volume[];
  label: string;
  showsApp: boolean;
  showsAgent?: boolean;
}) {
  const [action, setAction] = useState<VolumeAction>();
  const navigate = useNavigate();
  const { showsApp, showsAgent = true } = props;
  const columns = useMemo(() => columnsOf(showsApp, showsAgent), [showsApp, showsAgent]);
  const actions = useCallback(
    (volume: Volume): RowAction[] => [
      { title: 'Open', onClick: () => void navigate(links.volume(volume.id)) },
      {
        title: 'Adopt',
        isDisabled: !isAdoptable(volume),
        onClick: () => setAction({ kind: 'adopt', volume }),
      },
      { isSeparator: true },
      {
        title: 'Destroy',
        isDanger: true,
        isDisabled: !isDestroyable(volume),
        onClick: () => setAction({ kind: 'destroy', volume }),
      },
    ],
    [navigate],
  );
  return (
    <>
      <DataTable
        label={props.label}
        columns={columns}
        rows={props.volumes}
        rowKey={(volume) => volume.id}
        actions={actions}
        actionsLabel={(volume) => `Actions for ${volume.id}`}
        defaultSort={{ key: showsApp ? 'app' : 'instance', descending: false }}
      />
      {action && <VolumeActionDialog action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}

function columnsOf(showsApp: boolean, showsAgent: boolean): Column<Volume>[] {
  const app: Column<Volume>[] = showsApp
    ? [
        {
          key: 'app',
          title: 'Application',
          sortBy: (volume) => volume.appId,
          cell: (volume) => <AppLink id={volume.appId} />,
        },
      ]
    : [];
  const agent: Column<Volume>[] = showsAgent
    ? [
        {
          key: 'agent',
          title: 'Agent',
          sortBy: (volume) => volume.host,
          cell: (volume) => <AgentLink id={volume.agentId} host={volume.host} />,
        },
      ]
    : [];
  // In the wide list the size stands beside what is used of it.
  const size: Column<Volume>[] = showsApp
    ? []
    : [
        {
          key: 'size',
          title: 'Size',
          numeric: true,
          descendingFirst: true,
          sortBy: (volume) => volume.size,
          cell: (volume) => <span className="hp-nowrap">{formatMib(volume.size)}</span>,
        },
      ];
  return [
    {
      key: 'id',
      title: 'Volume',
      sortBy: (volume) => volume.id,
      cell: (volume) => <VolumeLink id={volume.id} />,
    },
    {
      key: 'status',
      title: 'Status',
      sortBy: (volume) => volume.status,
      cell: (volume) => (
        <div>
          <VolumeStatusLabel status={volume.status} />
          <div className="hp-quiet hp-small" title={volume.why ?? undefined}>
            since <RelativeTime at={volume.since} />
          </div>
        </div>
      ),
    },
    ...app,
    {
      key: 'instance',
      title: 'Instance',
      sortBy: (volume) => volume.ordinal,
      cell: (volume) => <Owner volume={volume} isShort={showsApp} />,
    },
    ...agent,
    {
      key: 'path',
      title: 'Path',
      sortBy: (volume) => volume.containerPath,
      cell: (volume) => (
        <div>
          <code className="hp-id" title="Container path">
            {volume.containerPath}
          </code>
          <div className="hp-quiet hp-small" title="Disk type and mode">
            {volume.type}, {volume.mode}
          </div>
        </div>
      ),
    },
    ...size,
    {
      key: 'used',
      title: 'Used',
      descendingFirst: true,
      sortBy: (volume) => volume.usedBytes ?? -1,
      cell: (volume) => (
        <>
          <VolumeUsage usedBytes={volume.usedBytes} size={volume.size} />
          <div className="hp-quiet hp-trend">
            <Trend text={trendText(volume)} />
          </div>
        </>
      ),
    },
  ];
}

/** Broken between its parts, not within. */
function Trend({ text }: { text: string }) {
  return text.split(/(?<=,) /).map((part) => (
    <Fragment key={part}>
      <span className="hp-nowrap">{part}</span>{' '}
    </Fragment>
  ));
}

function Owner({ volume, isShort }: { volume: Volume; isShort: boolean }) {
  const words = (
    <>
      <strong>{volume.ordinal}</strong>
      {!isShort && (
        <div className="hp-quiet hp-small">
          {volume.instanceId ? shortInstance(volume.instanceId) : 'none now'}
        </div>
      )}
    </>
  );
  return volume.taskId ? (
    <Link to={links.task(volume.taskId)} title={volume.taskId} className="hp-plain-link">
      {words}
    </Link>
  ) : (
    <span title={volume.instanceId ?? undefined}>{words}</span>
  );
}
