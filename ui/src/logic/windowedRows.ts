/** Which of very many rows are rendered, and how much is left empty for the others. */

/** A row that is rendered: its place among all rows, and where it begins and ends, in pixels. */
export type PlacedRow = { index: number; start: number; end: number };

/** So many rows are rendered before and after those in view. */
const NEAR = 8;
/** Rows before the view come and go so many at a time: each time a browser lays out all of them. */
const STEP = 8;

/**
 * The rows to render: those in and near the view, and the one that had the focus last with its
 * neighbours. Without them the focus would be lost when it is scrolled away, and the Tab key would
 * not go on from there.
 */
export function rowsToRender(
  view: { startIndex: number; endIndex: number; count: number },
  focused: number,
): number[] {
  const first = Math.max(0, Math.floor((view.startIndex - NEAR) / STEP) * STEP);
  const last = Math.min(view.count - 1, view.endIndex + NEAR);
  const near = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (focused < 0) return near;
  const kept = [focused - 1, focused, focused + 1].filter(
    (index) => index >= 0 && index < view.count,
  );
  return [...new Set([...near, ...kept])].sort((a, b) => a - b);
}

/** The rows, each with the empty space above it, and the space below the last one. */
export function spaced<R extends PlacedRow>(
  rows: readonly R[],
  begin: number,
  end: number,
): { rows: { row: R; above: number }[]; below: number } {
  let filled = begin;
  const placed = rows.map((row) => {
    const above = Math.max(0, row.start - filled);
    filled = row.end;
    return { row, above };
  });
  return { rows: placed, below: Math.max(0, end - filled) };
}
