import FolderIcon from '@patternfly/react-icons/dist/esm/icons/folder-icon';
import { useCallback, useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { type Column, DataTable, type RowAction } from '../../components/DataTable';
import { AppStatusLabel, HealthLabel } from '../../components/labels';
import { VolumeUsage } from '../../components/UsageBar';
import { type AppRow, type Row, type Sort, SORT_COLUMNS } from '../../logic/appList';
import { links } from '../../logic/links';
import { plural } from '../../logic/planText';
import { formatCores, formatMib } from '../../logic/sizes';
import type { OpenChange } from '../application/AppChangeDialog';

type Props = {
  rows: Row[];
  /** Whether whole ids are shown, or names within the folder. */
  showsPaths: boolean;
  folder: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onChange: (change: OpenChange) => void;
};

export function AppTable(props: Props) {
  const navigate = useNavigate();
  const { onChange } = props;
  const columns = useMemo(() => columnsOf(props.showsPaths), [props.showsPaths]);
  const actions = useCallback(
    (row: Row): RowAction[] => {
      if (row.kind === 'folder') return [];
      const open = (kind: OpenChange['kind']) => () =>
        onChange({ kind, appId: row.id, instances: row.wanted });
      return [
        { title: 'Edit', onClick: () => void navigate(links.edit(row.id)) },
        { title: 'Scale', onClick: open('scale') },
        { title: 'Restart', onClick: open('restart') },
        { title: 'Suspend', onClick: open('suspend'), isDisabled: row.wanted === 0 },
        { isSeparator: true },
        { title: 'Delete', isDanger: true, onClick: open('destroy') },
      ];
    },
    [onChange, navigate],
  );
  return (
    <DataTable
      label="Applications"
      columns={columns}
      rows={props.rows}
      rowKey={(row) => `${row.kind} ${row.id}`}
      actions={actions}
      actionsLabel={(row) => `Actions for ${row.id}`}
      sort={{ key: props.sort.column, descending: props.sort.descending }}
      onSort={(sort) => {
        const column = SORT_COLUMNS.find((known) => known === sort.key);
        if (column) props.onSort({ column, descending: sort.descending });
      }}
    />
  );
}

function columnsOf(showsPaths: boolean): Column<Row>[] {
  const sortBy = () => 0;
  return [
    { key: 'name', title: 'Name', sortBy, width: 25, cell: (row) => name(row, showsPaths) },
    {
      key: 'status',
      title: 'Status',
      sortBy,
      cell: (row) => <AppStatusLabel status={row.status} />,
    },
    { key: 'health', title: 'Health', sortBy, cell: health },
    { key: 'instances', title: 'Instances', sortBy, numeric: true, cell: instances },
    { key: 'cpus', title: 'CPUs', sortBy, numeric: true, cell: (row) => formatCores(row.cpus) },
    { key: 'memory', title: 'Memory', sortBy, numeric: true, cell: (row) => formatMib(row.mem) },
    { key: 'volumes', title: 'Volumes', sortBy, width: 15, cell: volumes },
  ];
}

function name(row: Row, showsPaths: boolean) {
  if (row.kind === 'folder') {
    return (
      <Link to={links.folder(row.id)} className="hp-folder">
        <FolderIcon /> {row.name}
        <span className="hp-quiet"> {plural(row.apps, 'app')}</span>
      </Link>
    );
  }
  return (
    <Link to={links.app(row.id)} className="hp-id" title={row.id}>
      {showsPaths ? row.id : row.name}
    </Link>
  );
}

function health(row: Row) {
  const detail =
    row.kind === 'app' && row.health !== 'No checks'
      ? `${row.app.tasksHealthy} of ${row.wanted} healthy`
      : undefined;
  return <HealthLabel health={row.health} {...(detail ? { detail } : {})} />;
}

function instances(row: Row) {
  const away = row.kind === 'app' ? detached(row) : '';
  return (
    <span className="hp-nowrap" title={away}>
      {row.running} / {row.wanted}
      {away && (
        <span className="hp-quiet"> +{row.kind === 'app' && row.app.homeport.detached}</span>
      )}
    </span>
  );
}

function detached(row: AppRow): string {
  const count = row.app.homeport.detached;
  return count === 0 ? '' : `${plural(count, 'instance')} detached: scaled away, volumes kept`;
}

function volumes(row: Row) {
  if (row.volumes.count === 0) return <span className="hp-quiet">–</span>;
  return <VolumeUsage usedBytes={row.volumes.usedBytes} size={row.volumes.size} />;
}
