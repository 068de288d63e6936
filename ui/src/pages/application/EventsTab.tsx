import { useLiveEvents } from '../../api/LiveContext';
import { appOf } from '../../logic/staleQueries';
import { EventList } from '../events/EventList';

/** What has happened to one app since the page was opened. */
export default function EventsTab({ appId }: { appId: string }) {
  const events = useLiveEvents().filter((event) => appOf(event) === appId);
  return <EventList events={events} />;
}
