import { describe, expect, it } from 'vitest';
import { definitionOf, format, parse, valueAt, withItem, withoutItem, withValue } from './document';

const APP = {
  id: '/a',
  env: { A: 'x', S: { secret: 's0' } },
  somethingNew: { deep: [1, { two: null }] },
  container: { volumes: [{ containerPath: 'data', persistent: { size: 10 } }] },
};

describe('the edited definition', () => {
  it('keeps all it does not know when one place changes', () => {
    const place = ['container', 'volumes', 0, 'persistent', 'size'];
    const changed = withValue(APP, place, 20);
    expect(valueAt(changed, place)).toBe(20);
    expect(withValue(changed, place, 10)).toEqual(APP);
    expect(valueAt(APP, place)).toBe(10);
  });

  it('survives the way through the JSON mode', () => {
    expect(parse(format(APP))).toEqual({ document: APP });
  });

  it('makes what is missing on the way, and removes what gets empty', () => {
    const made = withValue({ id: '/a' }, ['container', 'docker', 'image'], 'nginx');
    expect(made).toEqual({ id: '/a', container: { docker: { image: 'nginx' } } });
    expect(withValue(made, ['container', 'docker', 'image'], undefined)).toEqual({ id: '/a' });
  });

  it('adds items and removes them', () => {
    const two = withItem(APP, ['container', 'volumes'], { containerPath: 'logs' });
    expect(withoutItem(two, ['container', 'volumes'], 1)).toEqual(APP);
  });

  it('says where text is no JSON', () => {
    expect(parse('{ "id": }')).toHaveProperty('problem');
    expect(parse('[]')).toHaveProperty('problem');
  });

  it('leaves out what only the server says', () => {
    const shown = { ...APP, version: 'v', tasks: [], homeport: {}, executor: '' };
    expect(definitionOf(shown)).toEqual(APP);
  });
});
