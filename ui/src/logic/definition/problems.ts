/** What is wrong with a definition, by place, as the server says it: `/container/volumes(0)/mode`. */
import type { FieldErrors } from '../../api/http';
import { type Json, type Place, isObject, itemsAt, valueAt } from './document';

export type Problems = ReadonlyMap<string, readonly string[]>;

export const NO_PROBLEMS: Problems = new Map();

/** The server's name of a place. */
export function pathOf(place: Place): string {
  return place.map((step) => (typeof step === 'number' ? `(${step})` : `/${step}`)).join('');
}

export function fromServer(details: readonly FieldErrors[]): Problems {
  return new Map(details.map((detail) => [normal(detail.path), detail.errors]));
}

/** `/container/volumes(0)`, also when it was written `container/volumes/0`. */
function normal(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return rooted.replace(/\/(\d+)(?=\/|$)/g, '($1)').replace(/\[(\d+)\]/g, '($1)');
}

/** The problems of a place and of everything inside of it. */
export function problemsBelow(problems: Problems, place: Place): [string, readonly string[]][] {
  const path = pathOf(place);
  return [...problems].filter(
    ([at]) => at === path || at.startsWith(`${path}/`) || at.startsWith(`${path}(`),
  );
}

/** The same in words, each with what it is about where that is not the place itself. */
export function messagesBelow(problems: Problems, place: Place): string[] {
  const path = pathOf(place);
  return problemsBelow(problems, place).flatMap(([at, messages]) =>
    messages.map((message) => (at === path ? message : `${at.slice(path.length)}: ${message}`)),
  );
}

/**
 * What is shown at each place: what was found here, or else what the server refused. Both at one
 * place are the same fault in other words.
 */
export function merge(found: Problems, refused: Problems): Problems {
  return new Map([...refused, ...found]);
}

/** The rules that are checked while typing. The server has the last word on all of them. */
export function check(document: Json): Problems {
  const problems = new Map<string, string[]>();
  const add = (place: Place, message: string) => {
    const path = pathOf(place);
    problems.set(path, [...(problems.get(path) ?? []), message]);
  };
  checkId(document, add);
  for (const [field, least] of [
    ['cpus', 0],
    ['mem', 0],
    ['disk', 0],
    ['instances', 0],
  ] as const) {
    checkNumber(document, [field], least, add);
  }
  checkVolumes(document, add);
  return problems;
}

type Add = (place: Place, message: string) => void;

const ID =
  /^\/?([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

function checkId(document: Json, add: Add): void {
  const id = valueAt(document, ['id']);
  if (id === undefined || id === '') return add(['id'], 'An id is needed, such as /shop/database.');
  if (typeof id !== 'string' || !ID.test(id)) {
    add(['id'], 'Each part of an id has lower-case letters, digits, and "-" or "." between them.');
  }
}

function checkNumber(document: Json, place: Place, least: number, add: Add): void {
  const value = valueAt(document, place);
  if (value === undefined) return;
  if (typeof value !== 'number' || Number.isNaN(value)) add(place, 'Expected a number.');
  else if (value < least) add(place, `Expected ${least} or more.`);
}

function checkVolumes(document: Json, add: Add): void {
  const volumes = ['container', 'volumes'];
  const image = valueAt(document, ['container', 'docker', 'image']);
  const seen = new Map<string, number>();
  itemsAt(document, volumes).forEach((volume, index) => {
    if (!isObject(volume)) return;
    const place = [...volumes, index];
    const path = volume['containerPath'];
    if (typeof path !== 'string' || path === '') {
      add([...place, 'containerPath'], 'A path is needed, such as data.');
    } else {
      const problem = containerPathProblem(path, image !== undefined || 'hostPath' in volume);
      if (problem) add([...place, 'containerPath'], problem);
      const earlier = seen.get(path);
      if (earlier !== undefined) {
        add([...place, 'containerPath'], `Volume ${earlier + 1} has this path too.`);
      }
      seen.set(path, index);
    }
    if ('persistent' in volume) checkSize(volume['persistent'], place, add);
  });
}

/** The document's rule: one name, not nested; with an image, an absolute path is possible too. */
export function containerPathProblem(path: string, absoluteAllowed: boolean): string | undefined {
  if (path === '.' || path === '..') return `"${path}" is no name for a volume.`;
  if (absoluteAllowed && path.startsWith('/') && !/(^|\/)\.\.?(\/|$)/.test(path)) return undefined;
  if (path.includes('/')) {
    return 'A container path is one name without slashes, such as data: it stands in the sandbox.';
  }
  return undefined;
}

function checkSize(persistent: Json | undefined, place: Place, add: Add): void {
  const size = valueAt(persistent, ['size']);
  if (size === undefined) {
    add([...place, 'persistent', 'size'], 'A size in MiB is needed.');
  } else if (typeof size !== 'number') {
    add([...place, 'persistent', 'size'], 'Expected a number of MiB.');
  } else if (size <= 0) {
    add([...place, 'persistent', 'size'], 'Expected more than 0 MiB.');
  } else if (!Number.isInteger(size)) {
    add([...place, 'persistent', 'size'], 'Expected whole MiB.');
  }
  const maxSize = valueAt(persistent, ['maxSize']);
  const type = valueAt(persistent, ['type']) ?? 'root';
  if (maxSize !== undefined && type !== 'mount') {
    add([...place, 'persistent', 'maxSize'], 'Only mount volumes can have a greatest size.');
  }
}

/** What an update must not change: `undefined` where it is allowed. */
export function lockedReason(stateful: boolean): string | undefined {
  return stateful
    ? 'Cannot be changed while the app has persistent volumes: its reservations have this size.'
    : undefined;
}
