import { useLiveEvents } from '../../api/LiveContext';
import { appOf } from '../../logic/staleQueries';
import { EventList } from '../events/EventList';

/** What happens to one app, and what the server remembers of before. */
export default function EventsTab({ appId }: { appId: string }) {
  const events = useLiveEvents().filter((event) => appOf(event) === appId);
  return <EventList events={events} />;
}
