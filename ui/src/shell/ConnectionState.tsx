import { Tooltip } from '@patternfly/react-core';
import { useLiveState } from '../api/LiveContext';
import type { LiveState } from '../api/live';

const WORDS: Record<LiveState, { text: string; help: string }> = {
  connecting: { text: 'Connecting', help: 'The event stream of the server is being opened.' },
  live: { text: 'Live', help: 'The page follows the events of the server.' },
  polling: {
    text: 'Polling',
    help: 'There is no event stream; the page asks the server every few seconds.',
  },
  disconnected: { text: 'Disconnected', help: 'The server does not answer. Trying again.' },
};

export function ConnectionState() {
  const state = useLiveState();
  const { text, help } = WORDS[state];
  return (
    <Tooltip content={help}>
      <span className={`hp-connection hp-connection-${state}`} role="status" tabIndex={0}>
        <span className="hp-connection-dot" aria-hidden="true" />
        {text}
      </span>
    </Tooltip>
  );
}
