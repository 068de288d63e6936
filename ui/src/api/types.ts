/**
 * The JSON of the REST API by short names. The types are made from the server's description of it,
 * /openapi.json, by `npm run types`.
 */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Agent = Schemas['Agent'];
export type App = Schemas['App'];
export type AppDefinition = Schemas['AppDefinition'];
export type AppFields = Schemas['AppFields'];
export type Capacity = Schemas['Capacity'];
export type Deployment = Schemas['Deployment'];
export type DeploymentAction = Schemas['DeploymentAction'];
export type Explanation = Schemas['Explanation'];
export type FileEntry = Schemas['FileEntry'];
export type Info = Schemas['Info'];
export type Plan = Schemas['Plan'];
export type PlanAnswer = Schemas['PlanAnswer'];
export type PlannedApp = Schemas['PlannedApp'];
export type PlannedStop = Schemas['PlannedStop'];
export type PlannedVolume = Schemas['PlannedVolume'];
export type QueueEntry = Schemas['QueueEntry'];
export type Run = Schemas['Run'];
export type Session = Schemas['Session'];
export type Task = Schemas['Task'];
export type UnmetCondition = Schemas['UnmetCondition'];
export type Volume = Schemas['Volume'];
export type VolumeUse = Schemas['VolumeUse'];
export type VolumeStatus = Schemas['VolumeStatus'];
export type WaitingInstance = Schemas['WaitingInstance'];

export type EventType = Schemas['Event']['eventType'];

/** An event of the stream; further fields depend on its type. */
export type StreamEvent = { eventType: EventType; timestamp: string; [field: string]: unknown };
