import {
  Button,
  PageSection,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useLiveEvents } from '../../api/LiveContext';
import { PageHeader } from '../../components/PageHeader';
import { matchesEvent } from '../../logic/eventText';
import { EventList } from './EventList';

/** Everything that happens, as it happens. */
export default function EventsPage() {
  const live = useLiveEvents();
  const [search, setSearch] = useState('');
  const [held, setHeld] = useState<typeof live>();
  const events = (held ?? live).filter((event) => matchesEvent(event, search));
  return (
    <>
      <PageHeader title="Events" />
      <PageSection hasBodyWrapper={false}>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <SearchInput
                aria-label="Search events"
                placeholder="Search events"
                value={search}
                onChange={(_event, value) => setSearch(value)}
                onClear={() => setSearch('')}
              />
            </ToolbarItem>
            <ToolbarItem>
              <Button variant="secondary" onClick={() => setHeld(held ? undefined : live)}>
                {held ? 'Go on' : 'Hold'}
              </Button>
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <EventList events={events} />
      </PageSection>
    </>
  );
}
