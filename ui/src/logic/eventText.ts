/** Events in words. */
import type { StreamEvent } from '../api/types';

/** `volume_changed_event` is `Volume changed`. */
export function eventTitle(event: StreamEvent): string {
  const words = event.eventType.replace(/_event$/, '').replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const FIELDS = [
  'appId',
  'runSpecId',
  'volumeId',
  'taskId',
  'instanceId',
  'taskStatus',
  'condition',
  'status',
  'state',
  'host',
  'reason',
  'message',
];

/** What an event is about, in one line. */
export function eventText(event: StreamEvent): string {
  const parts: string[] = [];
  for (const field of FIELDS) {
    const value = event[field];
    if (typeof value === 'string' && value !== '' && !parts.includes(value)) parts.push(value);
  }
  return parts.slice(0, 5).join(' · ');
}

export function matchesEvent(event: StreamEvent, search: string): boolean {
  return search === '' || JSON.stringify(event).toLowerCase().includes(search.trim().toLowerCase());
}
