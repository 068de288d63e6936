import { expect, test } from 'vitest';
import { rowsToRender, spaced } from './windowedRows';

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('rows in view and near it are rendered, and come and go in steps before it', () => {
  const rows = (startIndex: number) =>
    rowsToRender({ startIndex, endIndex: startIndex + 20, count: 100 }, -1);
  expect(rows(0)).toEqual(range(0, 28));
  expect(rows(15)).toEqual(range(0, 43));
  expect(rows(16)).toEqual(range(8, 44));
  expect(rows(23)).toEqual(range(8, 51));
  expect(rows(79)).toEqual(range(64, 99));
});

test('the row with the focus stays, with its neighbours', () => {
  const view = { startIndex: 40, endIndex: 50, count: 100 };
  expect(rowsToRender(view, 45)).toEqual(range(32, 58));
  expect(rowsToRender(view, 80)).toEqual([...range(32, 58), 79, 80, 81]);
  expect(rowsToRender(view, 0)).toEqual([0, 1, ...range(32, 58)]);
  expect(rowsToRender(view, 99)).toEqual([...range(32, 58), 98, 99]);
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
