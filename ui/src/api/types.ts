/** The JSON of the REST API, as far as the UI reads it. Times are ISO-8601, sizes MiB. */

export type PersistentVolume = {
  type?: 'root' | 'path' | 'mount';
  size: number;
  maxSize?: number;
};

export type DefinedVolume = {
  containerPath: string;
  hostPath?: string;
  mode?: 'RW' | 'RO';
  persistent?: PersistentVolume;
};

export type AppDefinition = {
  id: string;
  cmd?: string;
  args?: string[];
  cpus: number;
  mem: number;
  disk: number;
  gpus?: number;
  instances: number;
  labels?: Record<string, string>;
  container?: { type?: string; docker?: { image?: string }; volumes?: DefinedVolume[] };
  healthChecks?: { protocol?: string }[];
  version: string;
  versionInfo?: { lastScalingAt: string; lastConfigChangeAt: string };
};

export type TaskFailure = {
  message: string;
  state: string;
  taskId: string;
  timestamp: string;
  host: string;
};

export type App = AppDefinition & {
  tasksStaged: number;
  tasksRunning: number;
  tasksHealthy: number;
  tasksUnhealthy: number;
  deployments: { id: string }[];
  tasks?: Task[];
  lastTaskFailure?: TaskFailure;
  warnings?: string[];
  homeport: AppCondition;
};

export type AppCondition = {
  stateful: boolean;
  detached: number;
  leftBehind: number;
  waiting: number;
  volumes?: { count: number; size: number; usedBytes: number | null };
};

export type Task = {
  id: string;
  appId: string;
  host: string;
  slaveId: string;
  state: string;
  ports: number[];
  ipAddresses: { ipAddress: string; protocol: string }[];
  stagedAt?: string;
  startedAt?: string;
  version?: string;
  localVolumes: { containerPath: string; persistenceId: string }[];
  instanceId: string;
  ordinal: number;
  goal: 'Running' | 'Stopped' | 'Decommissioned';
  condition: string;
  since: string;
  healthy?: boolean;
  killRequestedAt?: string;
  message?: string;
};

export type VolumeStatus =
  'creating' | 'attached' | 'detached' | 'left behind' | 'quarantined' | 'destroying';

export type Volume = {
  id: string;
  appId: string;
  instanceId: string | null;
  taskId: string | null;
  ordinal: number;
  agentId: string;
  host: string;
  containerPath: string;
  size: number;
  type: string;
  mode: string;
  usedBytes: number | null;
  usageMeasuredAt: string | null;
  status: VolumeStatus;
  since: string;
  why: string | null;
  createdAt: string | null;
  lastUsedAt: string | null;
  reservationId: string;
  reserved: Resources & { ports: number[] };
  location: string | null;
};

export type Resources = { cpus: number; mem: number; disk: number; gpus: number };
export type Capacity = Resources & { ports: number };

export type Agent = {
  id: string;
  hostname: string;
  status: 'active' | 'draining' | 'drained' | 'unreachable' | 'gone';
  since?: string | null;
  lastSeen: string | null;
  region: string | null;
  zone: string | null;
  attributes: Record<string, string>;
  capabilities: string[];
  total: Capacity;
  reserved: Capacity;
  used: Capacity;
  tasks: number;
  volumes: number;
};

export type PlannedVolume = {
  id: string;
  ordinal: number;
  containerPath: string;
  size: number;
  usedBytes: number | null;
  agentId: string;
  host: string;
};

export type PlannedStop = { ordinal: number; instanceId: string; taskId: string | null };

export type PlannedApp = {
  id: string;
  change: 'create' | 'scale' | 'restart' | 'update' | 'delete' | 'none';
  from: number;
  to: number;
  starts: { ordinal: number; instanceId: string | null; why: string }[];
  stops: PlannedStop[];
  restarts: PlannedStop[];
  volumes: {
    kept: PlannedVolume[];
    detached: PlannedVolume[];
    reattached: PlannedVolume[];
    created: { ordinal: number; containerPath: string; size: number }[];
    destroyed: PlannedVolume[];
  };
  bytesDestroyed: number;
};

export type Plan = {
  version: string | null;
  steps: { actions: DeploymentAction[] }[];
  apps: PlannedApp[];
};

export type PlanAnswer = { plan: Plan; warnings: string[] };

export type DeploymentAction = { action: string; app: string };

export type Deployment = {
  id: string;
  version: string;
  affectedApps: string[];
  steps: { actions: DeploymentAction[] }[];
  currentActions: DeploymentAction[];
  currentStep: number;
  totalSteps: number;
  homeport: {
    startedAt: string;
    outOfReach: { instanceId: string; agentId: string | null; why: string }[];
    progress: { wanted: number; ready: number };
  };
};

export type UnmetCondition = {
  reason: string;
  message: string;
  wanted: string | null;
  offered: string | null;
};

export type WaitingInstance = {
  instanceId: string;
  ordinal: number;
  since: string;
  reason: string;
  agents: { agentId: string; host: string; status: string | null; unmet: UnmetCondition[] }[];
  wouldFit: string[];
};

export type Explanation = {
  appId: string;
  settled: boolean;
  summary: string;
  deployments: string[];
  waiting: WaitingInstance[];
  problems: string[];
};

export type QueueEntry = {
  count: number;
  since: string;
  delay: { timeLeftSeconds: number; overdue: boolean };
  app: { id: string };
};

export type Run = {
  taskId: string;
  instanceId: string;
  ordinal: number;
  agentId: string;
  host: string;
  state: string;
  stagedAt: string;
  endedAt: string | null;
  sandbox: boolean;
};

export type FileEntry = {
  path: string;
  name: string;
  kind: 'file' | 'directory' | 'other';
  size: number;
  modifiedAt: string;
  mode: string;
  owner: string;
};

export type Info = {
  name: string;
  version: string;
  leader: string;
  frameworkId: string | null;
  elected: boolean;
  marathon_config: { mesos_role?: string; framework_name?: string; ha?: boolean };
  homeport: {
    engine: string;
    connected: boolean;
    installation: string;
    store: string;
    limitations: string[];
    warnings: string[];
    readOnly: string | null;
    sequence: number;
    unknownTasks?: string[];
  };
};

export type Session = { loginRequired: boolean; user: string | null; methods: string[] };

/** An event of the stream; further fields depend on its type. */
export type StreamEvent = { eventType: string; timestamp: string; [field: string]: unknown };
