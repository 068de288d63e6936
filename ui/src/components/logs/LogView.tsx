import { Button, Checkbox, SearchInput } from '@patternfly/react-core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Fragment,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { taskPath } from '../../api/queries';
import { type LogLines, matchesIn } from '../../logic/logLines';
import { type LogState, useFollowedLog } from './useFollowedLog';

const LINE_PX = 20;
/** The edge of the page below the lines. */
const BELOW_PX = 48;

const STATES: Record<LogState, string> = {
  loading: 'Loading',
  following: 'Following',
  ended: 'The task has ended',
  lost: 'Connection lost; trying again',
  missing: 'This log is not there, or not kept any more',
};

/** One log: live, searchable, with only the lines rendered that are in view. */
export function LogView({ taskId, name }: { taskId: string; name: 'stdout' | 'stderr' }) {
  const log = useFollowedLog(taskId, name);
  const [isFollowing, setFollowing] = useState(true);
  const [isWrapping, setWrapping] = useState(true);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const height = useHeightLeft(scroller);
  const { lines, revision } = log;

  const rows = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  });
  const found = useMemo(
    () => lines.find(search),
    // The lines change in place; their revision says when.
    [lines, search, revision],
  );

  useEffect(() => {
    if (isFollowing && lines.count > 0) rows.scrollToIndex(lines.count - 1, { align: 'end' });
  }, [isFollowing, lines, revision, rows, isWrapping]);

  const go = (step: number) => {
    if (found.length === 0) return;
    const next = (at + step + found.length) % found.length;
    setAt(next);
    setFollowing(false);
    rows.scrollToIndex(found[next] ?? 0, { align: 'center' });
  };

  return (
    <div className="hp-log">
      <div className="hp-log-tools">
        <SearchInput
          aria-label={`Search ${name}`}
          placeholder="Search"
          value={search}
          onChange={(_event, value) => {
            setSearch(value);
            setAt(0);
          }}
          onClear={() => setSearch('')}
          {...(search !== ''
            ? { resultsCount: `${found.length === 0 ? 0 : at + 1} / ${found.length}` }
            : {})}
          onNextClick={() => go(1)}
          onPreviousClick={() => go(-1)}
          onSearch={() => go(1)}
        />
        <Checkbox
          id="log-follow"
          label="Follow"
          isChecked={isFollowing}
          onChange={(_event, checked) => setFollowing(checked)}
        />
        <Checkbox
          id="log-wrap"
          label="Wrap"
          isChecked={isWrapping}
          onChange={(_event, checked) => setWrapping(checked)}
        />
        <Button
          variant="link"
          component="a"
          href={`${taskPath(taskId)}/files/content?path=${name}`}
          download={`${taskId}.${name}`}
        >
          Download
        </Button>
        <span className="hp-quiet hp-log-state" role="status">
          {STATES[log.state]}
          {lines.dropped > 0 && `, without the first ${lines.dropped} lines`}
        </span>
      </div>
      <div
        ref={scroller}
        className="hp-log-lines"
        style={{ height }}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={name}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          // Only who goes up stops following: lines that have come since are below, too.
          const isUp = scrollTop < lastTop.current;
          lastTop.current = scrollTop;
          if (isFollowing && isUp && scrollHeight - scrollTop - clientHeight > 8 * LINE_PX) {
            setFollowing(false);
          }
        }}
        onWheel={(event) => event.deltaY < 0 && setFollowing(false)}
      >
        {lines.count === 0 && (
          <p className="hp-quiet hp-log-empty">Nothing was written to {name}.</p>
        )}
        <div className="hp-log-space" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              data-index={row.index}
              ref={rows.measureElement}
              className={`hp-log-line ${isWrapping ? 'hp-log-wrap' : ''} ${found[at] === row.index ? 'hp-log-found' : ''}`}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Line lines={lines} index={row.index} search={search} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Line({ lines, index, search }: { lines: LogLines; index: number; search: string }) {
  const line = lines.at(index);
  return (
    <>
      <span className="hp-log-number" aria-hidden="true">
        {line.number}
      </span>
      <span className="hp-log-text">{marked(line.text, search)}</span>
    </>
  );
}

function marked(text: string, search: string) {
  const parts = matchesIn(text, search);
  if (parts.length === 0) return text || ' ';
  return (
    <>
      {parts.map(({ before, match }, index) => (
        <Fragment key={index}>
          {before}
          {match && <mark>{match}</mark>}
        </Fragment>
      ))}
    </>
  );
}

/** The height from where an element begins to the end of the window. */
function useHeightLeft(element: RefObject<HTMLElement | null>): number | undefined {
  const [height, setHeight] = useState<number>();
  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      setHeight(window.innerHeight - top - BELOW_PX);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [element]);
  return height;
}
