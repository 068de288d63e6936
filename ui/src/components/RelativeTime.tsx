import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from '../logic/times';

/** One clock for the whole page. It stands still while nobody listens. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** A time relative to now; the exact one is shown on hover. Renders only when its words change. */
export function RelativeTime({ at }: { at: string | null | undefined }) {
  const text = useSyncExternalStore(subscribe, () =>
    at ? formatRelative(new Date(at), new Date()) : '',
  );
  if (!at) return <span className="hp-quiet">never</span>;
  return (
    <time dateTime={at} title={formatExact(new Date(at))} className="hp-nowrap">
      {text}
    </time>
  );
}
