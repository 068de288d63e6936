import { describe, expect, it } from 'vitest';
import type { App, AppDefinition } from '../api/types';
import {
  appRow,
  folderRows,
  foldersAbove,
  matches,
  NO_FILTER,
  parentFolder,
  sortRows,
} from './appList';

const VERSION = '2026-01-01T00:00:00.000Z';

const DEFAULTS: Omit<AppDefinition, 'id' | 'cpus' | 'mem' | 'disk' | 'instances'> = {
  version: VERSION,
  versionInfo: { lastScalingAt: VERSION, lastConfigChangeAt: VERSION },
  backoffFactor: 1.15,
  backoffSeconds: 1,
  maxLaunchDelaySeconds: 300,
  executor: '',
  gpus: 0,
  labels: {},
  networks: [],
  requirePorts: false,
  upgradeStrategy: {},
  unreachableStrategy: 'disabled',
  killSelection: 'YOUNGEST_FIRST',
  role: 'homeport',
};

const app = (id: string, more: Partial<App> = {}): App => ({
  ...DEFAULTS,
  id,
  cpus: 1,
  mem: 128,
  disk: 0,
  instances: 2,
  tasksStaged: 0,
  tasksRunning: 2,
  tasksHealthy: 0,
  tasksUnhealthy: 0,
  deployments: [],
  homeport: { stateful: false, detached: 0, leftBehind: 0, waiting: 0 },
  ...more,
});
const row = (id: string, more: Partial<App> = {}) => appRow(app(id, more), new Set());

describe('the list of applications', () => {
  it('shows the folders and apps of one folder, with the totals and the worst of what is below', () => {
    const rows = [row('/top'), row('/shop/db'), row('/shop/web/front', { tasksRunning: 0 })];
    const root = folderRows(rows, '');
    expect(root.map((one) => [one.kind, one.id])).toEqual([
      ['folder', '/shop'],
      ['app', '/top'],
    ]);
    expect(root[0]).toMatchObject({
      apps: 2,
      cpus: 4,
      running: 2,
      wanted: 4,
      status: 'Incomplete',
    });
    expect(folderRows(rows, '/shop').map((one) => one.id)).toEqual(['/shop/web', '/shop/db']);
  });

  it('does not take /shopping for a part of /shop', () => {
    expect(folderRows([row('/shopping/a')], '/shop')).toEqual([]);
  });

  it('finds by id, status, label and volumes together', () => {
    const labelled = row('/a/b', { labels: { team: 'x' } });
    expect(matches(labelled, { ...NO_FILTER, search: 'A/B' })).toBe(true);
    expect(matches(labelled, { ...NO_FILTER, labels: ['team:x'], statuses: ['Running'] })).toBe(
      true,
    );
    expect(matches(labelled, { ...NO_FILTER, labels: ['team:y'] })).toBe(false);
    expect(matches(labelled, { ...NO_FILTER, withVolumes: true })).toBe(false);
  });

  it('sorts numbers in ids as numbers', () => {
    const ids = sortRows([row('/a10'), row('/a9')], { column: 'name', descending: false });
    expect(ids.map((one) => one.id)).toEqual(['/a9', '/a10']);
  });

  it('knows the folders above an id', () => {
    expect(foldersAbove('/a/b/c')).toEqual(['/a', '/a/b']);
    expect(parentFolder('/a')).toBe('');
  });
});
