/**
 * Keeps the pages up to date: one event stream says which queries are out of date. Without the
 * stream the pages poll, and without a server they say so.
 */
import type { QueryClient } from '@tanstack/react-query';
import { EVENT_TYPES, isUpTo, type StaleKey, staleKeys } from '../logic/staleQueries';
import type { StreamEvent } from './types';

export type LiveState = 'connecting' | 'live' | 'polling' | 'disconnected';

/** The time that events are gathered before the pages ask again. */
const GATHER_MS = 300;
/** The pages ask at most this often, however many events there are. */
const LEAST_INTERVAL_MS = 1_000;
const POLL_MS = 5_000;
const RETRY_MS = 2_000;
/** A page that nobody looks at gives its connection back after a while. */
const HIDDEN_MS = 60_000;
const MOST_EVENTS = 1_000;
/** So many events of before are asked for, so that what happened lately can be read. */
const TAIL_EVENTS = 500;
const CHECK_MS = 50;
const SHOW_MS = 100;
const MOST_CHECKS = 300;

export type LiveEvent = StreamEvent & { number: number; id: string };

export class LiveConnection {
  private readonly queries: QueryClient;
  private source: EventSource | undefined;
  private current: LiveState = 'connecting';
  private since = new Date();
  private readonly listeners = new Set<() => void>();
  private gathered: Map<string, StaleKey> | 'all' = new Map();
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setInterval> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  private notBefore = 0;
  private lost = false;
  private started = false;
  private received: readonly LiveEvent[] = [];
  private seen = 0;
  /** The ids of the events that are shown: after a reconnection they come again. */
  private known = new Set<string>();
  /** Events up to this one happened before the stream began: the pages know them. */
  private before = '';
  /** When this page was loaded, by the server's clock: what happened since may not be on it. */
  private loadedAt = Number.POSITIVE_INFINITY;
  private pending: LiveEvent[] = [];
  private showTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  get state(): LiveState {
    return this.current;
  }

  /** Since when the state is what it is. */
  get stateSince(): Date {
    return this.since;
  }

  /** The last events, newest first; a new array after each change. */
  get events(): readonly LiveEvent[] {
    return this.received;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    if (this.started) return;
    this.started = true;
    document.addEventListener('visibilitychange', this.onVisibility);
    window.addEventListener('online', this.reconnect);
    this.connect();
  }

  stop(): void {
    this.started = false;
    document.removeEventListener('visibilitychange', this.onVisibility);
    window.removeEventListener('online', this.reconnect);
    this.disconnect();
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.lost = true;
    clearTimeout(this.hiddenTimer);
  }

  /** Asks for everything on the page again and tries the stream at once. */
  reconnect = (): void => {
    if (!this.started) return;
    this.lost = true;
    this.disconnect();
    this.connect();
  };

  private disconnect(): void {
    this.source?.close();
    this.source = undefined;
    clearInterval(this.pollTimer);
    this.pollTimer = undefined;
    clearTimeout(this.retryTimer);
  }

  private connect(): void {
    const source = new EventSource(`/v2/events?plan-format=light&tail=${TAIL_EVENTS}`);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message) => this.receive(message));
    }
  }

  private opened(): void {
    clearInterval(this.pollTimer);
    this.pollTimer = undefined;
    this.become('live');
    if (this.lost) this.gather(undefined);
    this.lost = false;
  }

  private failed(source: EventSource): void {
    this.lost = true;
    if (this.current === 'live') this.become('connecting');
    if (source.readyState === EventSource.CLOSED && this.source === source) {
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => {
        this.source?.close();
        this.connect();
      }, RETRY_MS);
    }
    if (this.pollTimer === undefined) {
      this.pollTimer = setInterval(() => void this.poll(), POLL_MS);
      void this.poll();
    }
  }

  private async poll(): Promise<void> {
    let answers = false;
    try {
      answers = (await fetch('/ping')).ok;
    } catch {
      answers = false;
    }
    if (this.current === 'live' || !this.started) return;
    this.become(answers ? 'polling' : 'disconnected');
    if (answers) this.gather(undefined);
  }

  private become(state: LiveState): void {
    if (state === this.current) return;
    this.current = state;
    this.since = new Date();
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }

  private receive(message: MessageEvent<string>): void {
    const event = JSON.parse(message.data) as StreamEvent;
    if (event.eventType === 'event_stream_detached') this.lost = true;
    // What a stream tells before its first event has no id of its own.
    const id = event.eventType.startsWith('event_') ? '' : message.lastEventId;
    const key = `${id} ${event.eventType}`;
    if (id !== '' && this.known.has(key)) return;
    this.known.add(key);
    this.seen++;
    this.pending.push({ ...event, number: this.seen, id });
    const at = Date.parse(event.timestamp);
    if (event.eventType === 'event_stream_attached') {
      this.before = String(event['lastEventId'] ?? '');
      this.loadedAt = at - performance.now();
    } else if (!isUpTo(id, this.before) || at >= this.loadedAt) {
      this.gather(staleKeys(event));
    }
    this.show();
  }

  /** Adds what was received to what is shown, once for all events that came together. */
  private show(): void {
    if (this.showTimer !== undefined) return;
    this.showTimer = setTimeout(() => {
      this.showTimer = undefined;
      this.received = [...this.pending.reverse(), ...this.received].slice(0, MOST_EVENTS);
      this.pending = [];
      if (this.known.size > 2 * MOST_EVENTS) {
        this.known = new Set(this.received.map((event) => `${event.id} ${event.eventType}`));
      }
      this.tell();
    }, SHOW_MS);
  }

  /** Remembers what is out of date, and asks for it soon. */
  private gather(keys: StaleKey[] | undefined): void {
    if (keys === undefined) this.gathered = 'all';
    else if (this.gathered !== 'all') {
      for (const key of keys) this.gathered.set(key.join(' '), key);
      if (this.gathered.size === 0) return;
    }
    if (this.flushTimer !== undefined) return;
    const wait = Math.max(GATHER_MS, this.notBefore - Date.now());
    this.flushTimer = setTimeout(() => void this.flush(), wait);
  }

  private async flush(): Promise<void> {
    const keys = this.takeGathered();
    const began = Date.now();
    if (keys === 'all') void this.queries.invalidateQueries();
    else {
      keys.forEach((queryKey) => void this.queries.invalidateQueries({ queryKey }));
    }
    await this.quiet();
    // A server that takes long to answer is asked less often.
    this.notBefore = began + Math.max(LEAST_INTERVAL_MS, 4 * (Date.now() - began));
    this.flushTimer = undefined;
    if (this.hasGathered()) this.gather([]);
  }

  /**
   * Waits until nothing is being asked for. The promise of an invalidation does not tell: it stays
   * open when what it waits for leaves the page.
   */
  private async quiet(): Promise<void> {
    for (let checks = 0; checks < MOST_CHECKS; checks++) {
      await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
      if (this.queries.isFetching({ type: 'active' }) === 0) return;
    }
  }

  private takeGathered(): Map<string, StaleKey> | 'all' {
    const keys = this.gathered;
    this.gathered = new Map();
    return keys;
  }

  private hasGathered(): boolean {
    return this.gathered === 'all' || this.gathered.size > 0;
  }

  private onVisibility = (): void => {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) {
      this.hiddenTimer = setTimeout(() => this.disconnect(), HIDDEN_MS);
    } else if (this.source === undefined) {
      this.reconnect();
    }
  };
}
