/** The list of applications: folders, filters, sorting. */
import type { App } from '../api/types';
import {
  type AppHealth,
  type AppStatus,
  appHealth,
  appStatus,
  healthRank,
  statusRank,
} from './appStatus';

export type VolumeTotals = { count: number; size: number; usedBytes: number | null };

export type AppRow = {
  kind: 'app';
  id: string;
  name: string;
  app: App;
  status: AppStatus;
  health: AppHealth;
  cpus: number;
  mem: number;
  running: number;
  wanted: number;
  volumes: VolumeTotals;
};

export type FolderRow = {
  kind: 'folder';
  id: string;
  name: string;
  apps: number;
  status: AppStatus;
  health: AppHealth;
  cpus: number;
  mem: number;
  running: number;
  wanted: number;
  volumes: VolumeTotals;
};

export type Row = AppRow | FolderRow;

export type Filter = {
  search: string;
  statuses: readonly string[];
  healths: readonly string[];
  labels: readonly string[];
  withVolumes: boolean;
};

export const NO_FILTER: Filter = {
  search: '',
  statuses: [],
  healths: [],
  labels: [],
  withVolumes: false,
};

export function isFiltering(filter: Filter): boolean {
  return (
    filter.search !== '' ||
    filter.statuses.length + filter.healths.length + filter.labels.length > 0 ||
    filter.withVolumes
  );
}

const NO_VOLUMES: VolumeTotals = { count: 0, size: 0, usedBytes: null };

/** The last part of an id: `samson` of `/sesame/samson`. */
export function baseName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The folder of an id, without a slash at its end: `/sesame`, or the empty text for the top. */
export function parentFolder(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

/** The folders above an id, from the top: `/a/b/c` has `/a` and `/a/b`. */
export function foldersAbove(id: string): string[] {
  const parts = id.split('/').filter((part) => part !== '');
  return parts.slice(0, -1).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

export function appRow(app: App, delayed: ReadonlySet<string>): AppRow {
  const instances = Math.max(app.instances, app.tasksRunning + app.tasksStaged);
  return {
    kind: 'app',
    id: app.id,
    name: baseName(app.id),
    app,
    status: appStatus(app, delayed),
    health: appHealth(app),
    cpus: app.cpus * instances,
    mem: app.mem * instances,
    running: app.tasksRunning,
    wanted: app.instances,
    volumes: app.homeport.volumes ?? NO_VOLUMES,
  };
}

/** Labels as the filter names them: `key` and `key:value`. */
export function labelsOf(app: App): string[] {
  return Object.entries(app.labels ?? {}).map(([key, value]) => (value ? `${key}:${value}` : key));
}

export function allLabels(apps: readonly App[]): string[] {
  return [...new Set(apps.flatMap(labelsOf))].sort((a, b) => a.localeCompare(b));
}

export function matches(row: AppRow, filter: Filter): boolean {
  const search = filter.search.trim().toLowerCase();
  return (
    (search === '' || row.id.toLowerCase().includes(search)) &&
    (filter.statuses.length === 0 || filter.statuses.includes(row.status)) &&
    (filter.healths.length === 0 || filter.healths.includes(row.health)) &&
    (filter.labels.length === 0 ||
      labelsOf(row.app).some((label) => filter.labels.includes(label))) &&
    (!filter.withVolumes || row.app.homeport.stateful)
  );
}

/** The rows of one folder: its folders, each with the totals of what is below, and its apps. */
export function folderRows(rows: readonly AppRow[], folder: string): Row[] {
  const below = folder === '' ? '/' : `${folder}/`;
  const apps: AppRow[] = [];
  const folders = new Map<string, AppRow[]>();
  for (const row of rows) {
    if (!row.id.startsWith(below)) continue;
    const rest = row.id.slice(below.length);
    const slash = rest.indexOf('/');
    if (slash < 0) {
      apps.push(row);
    } else {
      const id = below + rest.slice(0, slash);
      const inside = folders.get(id);
      if (inside) inside.push(row);
      else folders.set(id, [row]);
    }
  }
  return [...[...folders].map(([id, inside]) => folderRow(id, inside)), ...apps];
}

function folderRow(id: string, inside: readonly AppRow[]): FolderRow {
  const sum = (value: (row: AppRow) => number) =>
    inside.reduce((total, row) => total + value(row), 0);
  const worst = <T>(values: T[], rank: (value: T) => number) =>
    values.reduce((one, other) => (rank(other) < rank(one) ? other : one));
  return {
    kind: 'folder',
    id,
    name: baseName(id),
    apps: inside.length,
    status: worst(
      inside.map((row) => row.status),
      statusRank,
    ),
    health: worst(
      inside.map((row) => row.health),
      healthRank,
    ),
    cpus: sum((row) => row.cpus),
    mem: sum((row) => row.mem),
    running: sum((row) => row.running),
    wanted: sum((row) => row.wanted),
    volumes: addVolumes(inside.map((row) => row.volumes)),
  };
}

export function addVolumes(all: readonly VolumeTotals[]): VolumeTotals {
  return all.reduce(
    (total, volumes) => ({
      count: total.count + volumes.count,
      size: total.size + volumes.size,
      usedBytes:
        volumes.usedBytes === null ? total.usedBytes : (total.usedBytes ?? 0) + volumes.usedBytes,
    }),
    NO_VOLUMES,
  );
}

export const SORT_COLUMNS = [
  'name',
  'status',
  'health',
  'instances',
  'cpus',
  'memory',
  'volumes',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type Sort = { column: SortColumn; descending: boolean };

const order = new Intl.Collator(undefined, { numeric: true });

/** Sorted rows; folders come first where names are sorted, and ties go by id. */
export function sortRows(rows: readonly Row[], sort: Sort): Row[] {
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (sort.column === 'name' && a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
    return sign * compare(a, b, sort.column) || order.compare(a.id, b.id);
  });
}

function compare(a: Row, b: Row, column: SortColumn): number {
  switch (column) {
    case 'name':
      return order.compare(a.id, b.id);
    case 'status':
      return statusRank(a.status) - statusRank(b.status);
    case 'health':
      return healthRank(a.health) - healthRank(b.health);
    case 'instances':
      return a.running - b.running;
    case 'cpus':
      return a.cpus - b.cpus;
    case 'memory':
      return a.mem - b.mem;
    case 'volumes':
      return a.volumes.size - b.volumes.size;
  }
}
