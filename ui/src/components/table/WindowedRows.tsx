import { Tbody } from '@patternfly/react-table';
import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  Fragment,
  type ReactNode,
  type Ref,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { rowsToRender, spaced } from '../../logic/windowedRows';

/** How high a row is thought to be before it is measured; narrow screens show it as a card. */
const ROW_PX = 41;
const CARD_PX = 250;

/**
 * The body of a table with very many rows: rendered are those in and near the view, and empty space
 * instead of the others, so that the page is as long as with all of them. The row that had the
 * focus last stays.
 */
export function WindowedRows<T>(props: {
  rows: readonly T[];
  rowKey: (row: T) => string;
  children: (row: T, index: number, measure: Ref<HTMLTableRowElement>) => ReactNode;
}) {
  const { rows, rowKey, children } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [begin, setBegin] = useState(0);
  const [focusedKey, setFocusedKey] = useState<string>();
  const focused = useMemo(
    () => (focusedKey === undefined ? -1 : rows.findIndex((row) => rowKey(row) === focusedKey)),
    [rows, rowKey, focusedKey],
  );
  const likelyHeight = matchMedia('(min-width: 62rem)').matches ? ROW_PX : CARD_PX;
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => scrollerOf(body.current),
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: begin,
    estimateSize: () => likelyHeight,
    getItemKey: useCallback((index: number) => keyAt(rows, rowKey, index), [rows, rowKey]),
    rangeExtractor: useCallback((view: Range) => rowsToRender(view, focused), [focused]),
  });

  // What is above the table may have become higher or lower with any rendering.
  useLayoutEffect(() => {
    const scroller = scrollerOf(body.current);
    if (!body.current || !scroller) return;
    const top = body.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    setBegin(Math.round(top + scroller.scrollTop));
  });

  const keepFocused = (event: FocusEvent<HTMLElement>) => {
    const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index'];
    if (index !== undefined) setFocusedKey(keyAt(rows, rowKey, Number(index)));
  };
  const shown = spaced(virtualizer.getVirtualItems(), begin, begin + virtualizer.getTotalSize());
  return (
    <>
      <Tbody ref={body} className="hp-windowed" onFocus={keepFocused}>
        {shown.rows.map(({ row: { key, index }, above }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <Fragment key={String(key)}>
                {above > 0 && <Space height={above} />}
                {children(row, index, virtualizer.measureElement)}
              </Fragment>
            )
          );
        })}
      </Tbody>
      {/* By itself, so that rows are added at the end of theirs: elsewhere all are laid out again. */}
      {shown.below > 0 && (
        <tbody aria-hidden="true">
          <Space height={shown.below} />
        </tbody>
      )}
    </>
  );
}

function keyAt<T>(rows: readonly T[], rowKey: (row: T) => string, index: number): string {
  const row = rows[index];
  return row === undefined ? '' : rowKey(row);
}

/** What stands in the place of rows that are not rendered. */
function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden="true" className="hp-space">
      <td style={{ height }} />
    </tr>
  );
}

/** The part of the page that scrolls. */
function scrollerOf(element: Element | null): HTMLElement | null {
  return element?.closest('main') ?? null;
}
