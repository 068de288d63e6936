import { type ReactNode, useEffect, useRef, useState } from 'react';

const STEP = 60;

/**
 * How many of many rows to render: a screenful and more, growing as the end comes near. The element
 * `end` goes after the rows and notices that.
 */
export function useGrowingCount(total: number): { count: number; end: ReactNode } {
  const [limit, setLimit] = useState(STEP);
  const end = useRef<HTMLDivElement>(null);
  const more = limit < total;
  useEffect(() => {
    const element = end.current;
    if (!element || !more) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setLimit((rows) => rows + STEP);
      },
      { rootMargin: '1200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [more, limit]);
  return {
    count: Math.min(limit, total),
    end: more ? (
      <div ref={end} className="hp-quiet hp-more">
        {limit} of {total} shown; scroll for more
      </div>
    ) : null,
  };
}
