import type { QueryClient } from '@tanstack/react-query';
import { appQuery, appsQuery, explanationQuery } from './queries';

/**
 * Asks for what the page at an address shows first, so that it comes while the page is still being
 * made. Pages that are not named here ask for themselves.
 */
export function askEarly(queries: QueryClient, address: string): void {
  if (address === '/') void queries.prefetchQuery(appsQuery);
  const id = appIdIn(address);
  if (id !== undefined) {
    void queries.prefetchQuery(appQuery(id));
    void queries.prefetchQuery(explanationQuery(id));
  }
}

function appIdIn(address: string): string | undefined {
  if (!address.startsWith('/apps/')) return undefined;
  try {
    return decodeURIComponent(address.slice('/apps'.length));
  } catch {
    // Typed by somebody, and no address of ours.
    return undefined;
  }
}
