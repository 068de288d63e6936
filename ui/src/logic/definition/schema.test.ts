import { describe, expect, it } from 'vitest';
import { schemaAt } from './schema';

describe('the schema of app definitions', () => {
  it('leads into objects, arrays, and what they refer to', () => {
    const size = schemaAt(['container', 'volumes', 0, 'persistent', 'size']);
    expect(size).toMatchObject({ type: 'number' });
    expect(size?.help).toContain('MiB');
    expect(schemaAt(['container', 'volumes', 3, 'persistent', 'type'])?.choices).toEqual([
      'root',
      'path',
      'mount',
    ]);
    expect(schemaAt(['healthChecks', 0, 'command', 'value'])?.type).toBe('string');
  });

  it('offers the fields of alternatives', () => {
    expect(Object.keys(schemaAt(['unreachableStrategy'])?.fields ?? {})).toContain(
      'expungeAfterSeconds',
    );
  });

  it('knows nothing of places that do not exist', () => {
    expect(schemaAt(['container', 'nothing', 0])).toBeUndefined();
  });

  it('explains every field of an app', () => {
    for (const [name, field] of Object.entries(schemaAt([])?.fields ?? {})) {
      expect(field.help, name).not.toBe('');
    }
  });
});
