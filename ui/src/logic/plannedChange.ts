/** Changes of apps. Each is planned by the server first, and carried out as it was planned. */
import { appPath, type Query } from '../api/http';
import type { JsonObject } from './definition/document';

export type PlannedChange = {
  /** What the dialog is called. */
  title: string;
  /** What its button says. */
  verb: string;
  appId: string;
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  body?: JsonObject;
  /** The version that an editor started from; an app that has moved on is refused. */
  basis?: string;
};

export function scale(appId: string, instances: number): PlannedChange {
  return {
    title: `Scale ${appId}`,
    verb: 'Scale',
    appId,
    method: 'PUT',
    path: appPath(appId),
    body: { instances },
  };
}

export function suspend(appId: string): PlannedChange {
  return { ...scale(appId, 0), title: `Suspend ${appId}`, verb: 'Suspend' };
}

export function restart(appId: string): PlannedChange {
  return {
    title: `Restart ${appId}`,
    verb: 'Restart',
    appId,
    method: 'POST',
    path: `${appPath(appId)}/restart`,
  };
}

export function destroy(appId: string): PlannedChange {
  return {
    title: `Delete ${appId}`,
    verb: 'Delete app',
    appId,
    method: 'DELETE',
    path: appPath(appId),
  };
}

export function create(definition: JsonObject): PlannedChange {
  return {
    title: 'Create application',
    verb: 'Create',
    appId: String(definition['id'] ?? ''),
    method: 'POST',
    path: '/v2/apps',
    body: definition,
  };
}

export function update(appId: string, definition: JsonObject, basis: string): PlannedChange {
  return {
    title: `Change ${appId}`,
    verb: 'Apply',
    appId,
    method: 'PUT',
    path: appPath(appId),
    query: { partialUpdate: false },
    body: definition,
    basis,
  };
}

export function rollBack(appId: string, version: string): PlannedChange {
  return {
    title: `Roll back ${appId}`,
    verb: 'Roll back',
    appId,
    method: 'PUT',
    path: appPath(appId),
    body: { version },
  };
}
