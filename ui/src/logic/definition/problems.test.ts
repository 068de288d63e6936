import { describe, expect, it } from 'vitest';
import { check, containerPathProblem, fromServer, merge, pathOf } from './problems';

const withVolume = (containerPath: string, size: number | string) => ({
  id: '/a/b',
  container: { volumes: [{ containerPath, persistent: { size } }] },
});

describe('rules of a definition', () => {
  it('names places as the server does', () => {
    expect(pathOf(['container', 'volumes', 0, 'containerPath'])).toBe(
      '/container/volumes(0)/containerPath',
    );
    const details = [{ path: 'container/volumes/0/mode', errors: ['must be RW'] }];
    expect(fromServer(details).get('/container/volumes(0)/mode')).toEqual(['must be RW']);
  });

  it('tells a fault once that the server refuses too', () => {
    const refused = fromServer([
      { path: '/id', errors: ['must not be root'] },
      { path: '/role', errors: ['is not allowed'] },
    ]);
    const shown = merge(check({ id: '' }), refused);
    expect(shown.get('/id')).toEqual(['An id is needed, such as /shop/database.']);
    expect(shown.get('/role')).toEqual(['is not allowed']);
  });

  it.each(['data', 'my-data', 'a.b'])('takes the container path %s', (path) =>
    expect(containerPathProblem(path, false)).toBeUndefined(),
  );

  it.each(['../../../etc/opt', '/user/data/', 'a/b', '.', '..'])(
    'refuses the container path %s of the documentation',
    (path) => expect(containerPathProblem(path, false)).toBeDefined(),
  );

  it.each([0, -1, 1.5, 'ten'])('refuses the size %s', (size) =>
    expect([...check(withVolume('data', size)).keys()]).toEqual([
      '/container/volumes(0)/persistent/size',
    ]),
  );

  it('refuses two volumes with one path', () => {
    const volume = { containerPath: 'data', persistent: { size: 1 } };
    const problems = check({ id: '/a', container: { volumes: [volume, volume] } });
    expect([...problems.keys()]).toEqual(['/container/volumes(1)/containerPath']);
  });

  it.each(['', '/A', 'a b', '/a//b', '/a/-b'])('refuses the id "%s"', (id) =>
    expect(check({ id }).has('/id')).toBe(true),
  );

  it.each(['/a', 'a', '/shop/data-base', '/a/b.c/d'])('takes the id "%s"', (id) =>
    expect(check({ id }).has('/id')).toBe(false),
  );
});
