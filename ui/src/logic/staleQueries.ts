/** Which queries an event puts out of date. */
import type { EventType, StreamEvent } from '../api/types';

/** The names under which the stream sends events; a browser gets none that it does not ask for. */
export const EVENT_TYPES = Object.keys({
  api_post_event: true,
  group_change_success: true,
  group_change_failed: true,
  app_terminated_event: true,
  deployment_info: true,
  deployment_step_success: true,
  deployment_success: true,
  deployment_failed: true,
  status_update_event: true,
  instance_changed_event: true,
  instance_health_changed_event: true,
  unknown_instance_terminated_event: true,
  health_status_changed_event: true,
  unhealthy_instance_kill_event: true,
  add_health_check_event: true,
  remove_health_check_event: true,
  scheduler_registered_event: true,
  scheduler_reregistered_event: true,
  scheduler_disconnected_event: true,
  volume_changed_event: true,
  reservation_changed_event: true,
  agent_changed_event: true,
  event_stream_attached: true,
  event_stream_detached: true,
  event_gap: true,
} satisfies Record<EventType, true>);

/** The app that an event is about, if it is about one. */
export function appOf(event: StreamEvent): string | undefined {
  for (const field of ['appId', 'runSpecId']) {
    const value = event[field];
    if (typeof value === 'string') return value;
  }
  const definition = event['appDefinition'];
  if (typeof definition === 'object' && definition !== null && 'id' in definition) {
    return String(definition.id);
  }
  return undefined;
}

/** Whether an event, by its id such as `17-0`, is not after another one. */
export function isUpTo(id: string, other: string): boolean {
  const [sequence = 0, index = 0] = id.split('-').map(Number);
  const [lastSequence = 0, lastIndex = 0] = other.split('-').map(Number);
  if (id === '' || other === '') return false;
  return sequence < lastSequence || (sequence === lastSequence && index <= lastIndex);
}

export type StaleKey = readonly string[];

/** The keys of the queries that an event puts out of date; `undefined` stands for all. */
export function staleKeys(event: StreamEvent): StaleKey[] | undefined {
  const type = event.eventType;
  if (type === 'event_gap') return undefined;
  if (type.startsWith('event_stream_')) return [];
  if (type.startsWith('scheduler_')) return [['info'], ['agents'], ['explanation']];
  if (type === 'agent_changed_event') {
    return [['agents'], ['apps'], ['app'], ['explanation'], ['volumes'], ['tasks']];
  }
  const app = appOf(event);
  const ofApp = (key: string): StaleKey => (app === undefined ? [key] : [key, app]);
  if (type === 'volume_changed_event' || type === 'reservation_changed_event') {
    return [['volumes'], ['agents'], ['apps'], ofApp('app'), ofApp('explanation'), ofApp('runs')];
  }
  const keys = [['apps'], ofApp('app'), ofApp('explanation'), ['queue']];
  if (type.startsWith('deployment_') || type.startsWith('group_') || type === 'api_post_event') {
    return [...keys, ['deployments']];
  }
  return [...keys, ofApp('runs'), ['tasks'], ['volumes'], ['agents'], ['deployments']];
}
