import { Nothing } from '../../components/Loaded';
import { useGrowingCount } from '../../components/useGrowingCount';
import type { LiveEvent } from '../../api/live';
import { eventText, eventTitle } from '../../logic/eventText';
import { formatClock, formatExact } from '../../logic/times';

/** Events, newest first, with all their fields on demand. */
export function EventList({ events }: { events: readonly LiveEvent[] }) {
  const { count, end } = useGrowingCount(events.length);
  if (events.length === 0) {
    return (
      <Nothing title="Nothing has happened yet">
        Events show here as they come, and before them the last ones that the server remembers.
      </Nothing>
    );
  }
  return (
    <>
      <ol className="hp-events" aria-label="Events">
        {events.slice(0, count).map((event) => (
          <li key={event.number}>
            <details>
              <summary>
                <time dateTime={event.timestamp} title={formatExact(new Date(event.timestamp))}>
                  {formatClock(new Date(event.timestamp))}
                </time>
                <span className="hp-event-title">{eventTitle(event)}</span>
                <span className="hp-quiet hp-event-text">{eventText(event)}</span>
              </summary>
              <pre className="hp-code">{JSON.stringify(event, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
      {end}
    </>
  );
}
