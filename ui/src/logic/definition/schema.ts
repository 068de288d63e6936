/** The fields of an app definition: their types and what they are for, for completion and help. */

export type FieldSchema = {
  type: 'object' | 'array' | 'string' | 'number' | 'boolean';
  help: string;
  choices?: readonly string[];
  fields?: Readonly<Record<string, FieldSchema>>;
  items?: FieldSchema;
};

const text = (help: string, choices?: readonly string[]): FieldSchema =>
  choices ? { type: 'string', help, choices } : { type: 'string', help };
const number = (help: string): FieldSchema => ({ type: 'number', help });
const flag = (help: string): FieldSchema => ({ type: 'boolean', help });
const list = (help: string, items: FieldSchema): FieldSchema => ({ type: 'array', help, items });
const object = (help: string, fields: Record<string, FieldSchema> = {}): FieldSchema => ({
  type: 'object',
  help,
  fields,
});

const labels = object('Names and values, for people and tools.');

const volume = object('Where a task sees a directory that outlives it, or one of its host.', {
  containerPath: text('Where the task sees it: one name, such as data.'),
  mode: text('RW, or RO for a path on the host.', ['RW', 'RO']),
  persistent: object('A volume that outlives its tasks and belongs to one instance.', {
    size: number('MiB. Cannot be changed later.'),
    type: text('root: the work directory; path: an own path of a disk; mount: a whole disk.', [
      'root',
      'path',
      'mount',
    ]),
    maxSize: number('MiB. The largest disk to take, for type mount.'),
    profileName: text('The profile of the disk to take.'),
    constraints: list('Which disks to take: [["path", "LIKE", "/ssd.*"]].', {
      type: 'array',
      help: 'Field, operator, value.',
    }),
  }),
  hostPath: text('An absolute path on the host, instead of a persistent volume.'),
});

const portMapping = object('A port of the container.', {
  containerPort: number('The port inside of the container; 0 for the same as outside.'),
  hostPort: number('The port on the host; 0 for any free one.'),
  servicePort: number('The port a load balancer uses.'),
  protocol: text('tcp, udp, or both.', ['tcp', 'udp', 'udp,tcp']),
  name: text('The name of the port.'),
  labels,
});

const healthCheck = object('How Homeport finds out whether a task works.', {
  protocol: text('What is checked.', [
    'MESOS_HTTP',
    'MESOS_HTTPS',
    'MESOS_TCP',
    'COMMAND',
    'HTTP',
    'HTTPS',
    'TCP',
  ]),
  path: text('The path to ask for, such as /health.'),
  portIndex: number('Which of the ports of the app, from 0.'),
  port: number('A fixed port.'),
  command: object('What to run; it succeeds with exit code 0.', {
    value: text('The command line.'),
  }),
  gracePeriodSeconds: number('For how long after the start failures do not count.'),
  intervalSeconds: number('The time between two checks.'),
  timeoutSeconds: number('After which a check has failed.'),
  maxConsecutiveFailures: number('After how many the task is killed; 0 for never.'),
  delaySeconds: number('The time before the first check.'),
  ignoreHttp1xx: flag('Whether answers 100 to 199 count neither way.'),
  ipProtocol: text('IPv4 or IPv6.', ['IPv4', 'IPv6']),
});

export const APP_SCHEMA: FieldSchema = object('An app definition.', {
  id: text('The path of the app, such as /shop/database.'),
  cmd: text('The command line, run by a shell.'),
  args: list('The command as a list, run without a shell.', text('An argument.')),
  cpus: number('Cores for each instance.'),
  mem: number('Memory in MiB for each instance.'),
  disk: number('Sandbox disk space in MiB for each instance, volumes not counted.'),
  gpus: number('GPUs for each instance.'),
  instances: number('How many run.'),
  user: text('The user of this machine that tasks run as.'),
  env: object('Environment variables.'),
  labels,
  container: object('What the task runs in, and its volumes.', {
    type: text('MESOS, or DOCKER for an image run by Docker or Podman.', ['MESOS', 'DOCKER']),
    docker: object('The image.', {
      image: text('Such as postgres:17.'),
      forcePullImage: flag('Whether the image is pulled before each start.'),
      privileged: flag('Whether the container gets all privileges.'),
      parameters: list(
        'Options for the container runtime.',
        object('An option.', { key: text('Its name.'), value: text('Its value.') }),
      ),
    }),
    volumes: list('Persistent volumes, and paths of the host.', volume),
    portMappings: list('Ports, with a network of mode container.', portMapping),
  }),
  networks: list(
    'The networks of a task.',
    object('A network.', {
      mode: text('host, container/bridge, or container.', [
        'host',
        'container/bridge',
        'container',
      ]),
      name: text('The name of the network, with mode container.'),
    }),
  ),
  portDefinitions: list(
    'Ports on the host.',
    object('A port.', {
      port: number('The number that clients use; 0 for any.'),
      protocol: text('tcp, udp, or both.', ['tcp', 'udp', 'udp,tcp']),
      name: text('The name of the port.'),
      labels,
    }),
  ),
  requirePorts: flag('Whether exactly these ports of the host are needed.'),
  healthChecks: list('How Homeport finds out whether a task works.', healthCheck),
  constraints: list('Where instances may run: [["hostname", "UNIQUE"]].', {
    type: 'array',
    help: 'Field, operator, value.',
  }),
  fetch: list(
    'Files that are put into the sandbox before the start.',
    object('A file.', {
      uri: text('Where it comes from.'),
      extract: flag('Whether an archive is unpacked.'),
      executable: flag('Whether it can be run.'),
      cache: flag('Whether the agent keeps it.'),
      destPath: text('Its name in the sandbox.'),
    }),
  ),
  upgradeStrategy: object('How instances are replaced on a change.', {
    minimumHealthCapacity: number('The share of instances that stay up, from 0 to 1.'),
    maximumOverCapacity: number('The share that may run in addition; 0 with volumes.'),
  }),
  unreachableStrategy: object(
    'When instances out of reach are replaced. "disabled" with volumes.',
    {
      inactiveAfterSeconds: number('After which a replacement is started.'),
      expungeAfterSeconds: number('After which the instance is forgotten.'),
    },
  ),
  residency: object('What happens when the agent of a volume is out of reach.', {
    taskLostBehavior: text('Wait, or start elsewhere with a new volume.', [
      'WAIT_FOREVER',
      'RELAUNCH_AFTER_TIMEOUT',
    ]),
    relaunchEscalationTimeoutSeconds: number('The time-out of RELAUNCH_AFTER_TIMEOUT.'),
  }),
  killSelection: text('Which instances end first when scaling down.', [
    'YOUNGEST_FIRST',
    'OLDEST_FIRST',
  ]),
  taskKillGracePeriodSeconds: number('The time between SIGTERM and SIGKILL.'),
  backoffSeconds: number('The first delay after a failure.'),
  backoffFactor: number('By which the delay grows.'),
  maxLaunchDelaySeconds: number('The longest delay.'),
  acceptedResourceRoles: list('Whose resources are taken.', text('A role, or *.')),
  role: text('The role that resources are reserved for.'),
  executor: text('Is always empty.'),
});

/** The schema of a place, as far as it is known; steps into arrays are numbers. */
export function schemaAt(place: readonly (string | number)[]): FieldSchema | undefined {
  let schema: FieldSchema | undefined = APP_SCHEMA;
  for (const step of place) {
    schema = typeof step === 'number' ? schema?.items : schema?.fields?.[step];
  }
  return schema;
}
