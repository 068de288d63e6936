/** What the pages read, as TanStack queries. The event stream says when they are out of date. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { appPath, get } from './http';
import type {
  Agent,
  App,
  AppDefinition,
  Deployment,
  Explanation,
  FileEntry,
  Info,
  QueueEntry,
  Run,
  Session,
  Task,
  Volume,
  VolumeUse,
} from './types';

/** What no event announces (bytes in use) is asked for this often while it is on the page. */
const USAGE_MS = 15_000;

export const appsQuery = queryOptions({
  queryKey: ['apps'],
  queryFn: async ({ signal }) => (await get<{ apps: App[] }>('/v2/apps', { signal })).apps,
});

export function appQuery(id: string) {
  return queryOptions({
    queryKey: ['app', id],
    queryFn: async ({ signal }) => (await get<{ app: App }>(appPath(id), { signal })).app,
  });
}

export function appTasksQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', id],
    queryFn: async ({ signal }) =>
      (await get<{ tasks: Task[] }>(`${appPath(id)}/tasks`, { signal })).tasks,
  });
}

export const tasksQuery = queryOptions({
  queryKey: ['tasks'],
  queryFn: async ({ signal }) => (await get<{ tasks: Task[] }>('/v2/tasks', { signal })).tasks,
});

export function versionsQuery(id: string) {
  return queryOptions({
    queryKey: ['app', id, 'versions'],
    queryFn: async ({ signal }) =>
      (await get<{ versions: string[] }>(`${appPath(id)}/versions`, { signal })).versions,
  });
}

export function versionQuery(id: string, version: string) {
  return queryOptions({
    queryKey: ['version', id, version],
    queryFn: ({ signal }) => get<AppDefinition>(`${appPath(id)}/versions/${version}`, { signal }),
    staleTime: Infinity,
  });
}

export function explanationQuery(id: string) {
  return queryOptions({
    queryKey: ['explanation', id],
    queryFn: ({ signal }) => get<Explanation>(`${appPath(id)}/explain`, { signal }),
    refetchInterval: (query) => (query.state.data?.settled === false ? 5_000 : false),
  });
}

export function runsQuery(id: string) {
  return queryOptions({
    queryKey: ['runs', id],
    queryFn: async ({ signal }) =>
      (await get<{ runs: Run[] }>(`${appPath(id)}/runs`, { signal })).runs,
  });
}

export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: async ({ signal }) =>
    (await get<{ queue: QueueEntry[] }>('/v2/queue', { signal })).queue,
});

export const volumesQuery = queryOptions({
  queryKey: ['volumes'],
  queryFn: async ({ signal }) =>
    (await get<{ volumes: Volume[] }>('/v2/volumes', { signal })).volumes,
  refetchInterval: USAGE_MS,
});

export function appVolumesQuery(id: string) {
  return queryOptions({
    queryKey: ['volumes', 'of app', id],
    queryFn: async ({ signal }) =>
      (await get<{ volumes: Volume[] }>('/v2/volumes', { query: { app: id }, signal })).volumes,
    refetchInterval: USAGE_MS,
  });
}

export function volumePath(id: string): string {
  return `/v2/volumes/${encodeURIComponent(id)}`;
}

export function volumeQuery(id: string) {
  return queryOptions({
    queryKey: ['volumes', 'one', id],
    queryFn: async ({ signal }) =>
      (await get<{ volume: Volume }>(volumePath(id), { signal })).volume,
    refetchInterval: USAGE_MS,
  });
}

export function volumeHistoryQuery(id: string) {
  return queryOptions({
    queryKey: ['volumes', 'history of', id],
    queryFn: async ({ signal }) =>
      (await get<{ history: VolumeUse[] }>(`${volumePath(id)}/history`, { signal })).history,
  });
}

/** A directory of a volume or sandbox; `place` is the path of its resource. */
export function filesQuery(place: string, path: string) {
  return queryOptions({
    queryKey: ['files', place, path],
    queryFn: async ({ signal }) =>
      (await get<{ entries: FileEntry[] }>(`${place}/files`, { query: { path }, signal })).entries,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function contentUrl(place: string, path: string): string {
  return `${place}/files/content?path=${encodeURIComponent(path)}`;
}

export function taskPath(id: string): string {
  return `/v2/tasks/${encodeURIComponent(id)}`;
}

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async ({ signal }) => (await get<{ agents: Agent[] }>('/v2/agents', { signal })).agents,
  refetchInterval: USAGE_MS,
});

export const deploymentsQuery = queryOptions({
  queryKey: ['deployments'],
  queryFn: ({ signal }) => get<Deployment[]>('/v2/deployments', { signal }),
});

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => get<Info>('/v2/info', { signal }),
});

/** `left` tells a session that was ended here from one that is over for another reason. */
export type KnownSession = Session & { left?: true };

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<KnownSession>('/v2/session', { signal }),
});
