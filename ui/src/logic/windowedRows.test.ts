import { expect, test } from 'vitest';
import { rowsToRender, spaced } from './windowedRows';

test('the row with the focus stays, with its neighbours', () => {
  expect(rowsToRender([5, 6, 7], -1, 100)).toEqual([5, 6, 7]);
  expect(rowsToRender([5, 6, 7], 6, 100)).toEqual([5, 6, 7]);
  expect(rowsToRender([5, 6, 7], 50, 100)).toEqual([5, 6, 7, 49, 50, 51]);
  expect(rowsToRender([50, 51], 0, 100)).toEqual([0, 1, 50, 51]);
  expect(rowsToRender([5, 6], 99, 100)).toEqual([5, 6, 98, 99]);
});

test('the empty space stands where rows are left out', () => {
  const row = (index: number) => ({ index, start: 300 + 40 * index, end: 340 + 40 * index });
  const { rows, below } = spaced([row(2), row(3), row(10)], 300, 300 + 40 * 12);
  expect(rows.map(({ row, above }) => [row.index, above])).toEqual([
    [2, 80],
    [3, 0],
    [10, 240],
  ]);
  expect(below).toBe(40);
  expect(spaced([], 300, 1300)).toEqual({ rows: [], below: 1000 });
});
