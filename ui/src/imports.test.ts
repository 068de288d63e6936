import { describe, expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const ENDINGS = ['', '.ts', '.tsx', '/index.ts'];

const files = Object.keys(SOURCES).filter((file) => !file.endsWith('.d.ts'));

/** What a file imports of the others; types too, since they tie files together as well. */
function importsOf(file: string): string[] {
  const targets = [...(SOURCES[file] ?? '').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)];
  return targets.flatMap(([, target]) => {
    const path = `.${new URL(target ?? '', `file:///${file}`).pathname}`;
    return ENDINGS.map((ending) => path + ending).filter((one) => one in SOURCES);
  });
}

/** The first way from a file back to itself. */
function circle(graph: ReadonlyMap<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const found = walk(next, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const found = walk(file, []);
    if (found) return found;
  }
  return undefined;
}

describe('the files of the web interface', () => {
  it('import each other in no circle', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file)]));
    expect(graph.get('./main.tsx')).toContain('./shell/App.tsx');
    expect(circle(graph)).toBeUndefined();
  });

  it('would be seen in a circle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(circle(graph)).toEqual(['b', 'c', 'b']);
  });
});
