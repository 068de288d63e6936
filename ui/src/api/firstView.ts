import type { QueryClient } from '@tanstack/react-query';
import { appQuery, appsQuery, explanationQuery } from './queries';

/**
 * Asks for what the page at an address shows first, so that it comes while the page is still being
 * made. Pages that are not named here ask for themselves.
 */
export function askEarly(queries: QueryClient, address: string): void {
  if (address === '/') void queries.prefetchQuery(appsQuery);
  if (address.startsWith('/apps/')) {
    const id = decodeURIComponent(address.slice('/apps'.length));
    void queries.prefetchQuery(appQuery(id));
    void queries.prefetchQuery(explanationQuery(id));
  }
}
