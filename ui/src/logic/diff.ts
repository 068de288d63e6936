/** The differences of two texts, line by line and side by side. */

export type DiffRow = {
  kind: 'same' | 'changed' | 'removed' | 'added';
  before?: string;
  after?: string;
  beforeLine?: number;
  afterLine?: number;
};

/** Rows that show two texts beside each other; a removal and an addition share rows. */
export function sideBySide(before: string, after: string): DiffRow[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const common = longestCommon(left, right);
  const rows: DiffRow[] = [];
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...common, [left.length, right.length] as const]) {
    pair(rows, left.slice(i, nextI), right.slice(j, nextJ), i, j);
    if (nextI < left.length && nextJ < right.length) {
      const line = left[nextI] ?? '';
      rows.push({
        kind: 'same',
        before: line,
        after: line,
        beforeLine: nextI + 1,
        afterLine: nextJ + 1,
      });
    }
    i = nextI + 1;
    j = nextJ + 1;
  }
  return rows;
}

function pair(rows: DiffRow[], removed: string[], added: string[], i: number, j: number): void {
  for (let at = 0; at < Math.max(removed.length, added.length); at++) {
    const before = removed[at];
    const after = added[at];
    rows.push({
      kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      ...(before === undefined ? {} : { before, beforeLine: i + at + 1 }),
      ...(after === undefined ? {} : { after, afterLine: j + at + 1 }),
    });
  }
}

/** Pairs of line numbers of a longest common subsequence. Definitions have some hundred lines. */
function longestCommon(left: string[], right: string[]): [number, number][] {
  const width = right.length + 1;
  const length = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      length[i * width + j] =
        left[i] === right[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      pairs.push([i++, j++]);
    } else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}
