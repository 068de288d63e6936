import { describe, expect, it } from 'vitest';
import type { EventType } from '../api/types';
import { appOf, isUpTo, staleKeys } from './staleQueries';

const event = (eventType: EventType, more = {}) => ({ eventType, timestamp: '', ...more });

describe('what an event puts out of date', () => {
  it('is everything after a gap, and nothing when the stream begins', () => {
    expect(staleKeys(event('event_gap'))).toBeUndefined();
    expect(staleKeys(event('event_stream_attached'))).toEqual([]);
  });

  it.each([
    ['17-0', '17-1', true],
    ['17-1', '17-1', true],
    ['9-5', '17-0', true],
    ['17-2', '17-1', false],
    ['100-0', '17-9', false],
    ['', '17-1', false],
    ['17-1', '', false],
  ])('says whether event %s is one of before %s', (id, other, expected) =>
    expect(isUpTo(id, other)).toBe(expected),
  );

  it('is the one app that it is about', () => {
    const keys = staleKeys(event('status_update_event', { appId: '/a' }));
    expect(keys).toContainEqual(['app', '/a']);
    expect(keys).not.toContainEqual(['app']);
    expect(appOf(event('instance_changed_event', { runSpecId: '/b' }))).toBe('/b');
    expect(appOf(event('api_post_event', { appDefinition: { id: '/c' } }))).toBe('/c');
  });

  it('is the volumes after a change of one', () => {
    expect(staleKeys(event('volume_changed_event', { appId: '/a' }))).toContainEqual(['volumes']);
  });
});
