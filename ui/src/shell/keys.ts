/** The keys that work on every page. */
import { links } from '../logic/links';

export type Shortcut = { keys: string; text: string };

const GO: Record<string, { to: string; text: string }> = {
  a: { to: links.applications, text: 'Applications' },
  v: { to: links.volumes, text: 'Volumes' },
  n: { to: links.agents, text: 'Agents' },
  d: { to: links.deployments, text: 'Deployments' },
  e: { to: links.events, text: 'Events' },
};

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: '/', text: 'Search on this page' },
  { keys: 'c', text: 'Create an application' },
  ...Object.entries(GO).map(([key, { text }]) => ({ keys: `g ${key}`, text: `Go to ${text}` })),
  { keys: '?', text: 'Show these keys' },
];

export type KeyAction = { kind: 'go'; to: string } | { kind: 'search' } | { kind: 'help' };

/** How long the second key of two may take. */
const SECOND_KEY_MS = 1_500;

/** Reads keys one after the other and says what they ask for. */
export class KeyReader {
  private wentAt = Number.NEGATIVE_INFINITY;

  read(key: string, now: number): KeyAction | undefined {
    const isSecond = now - this.wentAt < SECOND_KEY_MS;
    this.wentAt = Number.NEGATIVE_INFINITY;
    const target = GO[key];
    if (isSecond && target) return { kind: 'go', to: target.to };
    switch (key) {
      case 'g':
        this.wentAt = now;
        return undefined;
      case 'c':
        return { kind: 'go', to: links.create };
      case '/':
        return { kind: 'search' };
      case '?':
        return { kind: 'help' };
      default:
        return undefined;
    }
  }
}
