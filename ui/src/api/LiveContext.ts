/** The live connection, for components. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveConnection, LiveEvent, LiveState } from './live';

export const LiveContext = createContext<LiveConnection | null>(null);

export function useLive(): LiveConnection {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('no live connection around this component');
  return live;
}

export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => live.state);
}

export function useLiveEvents(): readonly LiveEvent[] {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => live.events);
}
