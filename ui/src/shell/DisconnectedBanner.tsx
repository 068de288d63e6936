import { Banner, Button } from '@patternfly/react-core';
import { useLive, useLiveState } from '../api/LiveContext';
import { formatClock } from '../logic/times';

/** Says that the page shows what was known before the server went away. */
export function DisconnectedBanner() {
  const live = useLive();
  const state = useLiveState();
  if (state !== 'disconnected') return null;
  const since = formatClock(live.stateSince).slice(0, 8);
  return (
    <Banner color="red" screenReaderText="Disconnected">
      <div role="alert" className="hp-banner">
        The server does not answer since {since}. What you see is what was known then; it will be
        brought up to date by itself.
        <Button variant="link" isInline onClick={live.reconnect}>
          Try now
        </Button>
      </div>
    </Banner>
  );
}
