import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/http';
import type { PlanAnswer } from '../../api/types';
import type { PlannedChange } from '../../logic/plannedChange';

/** Asks the server what a change would do. Nothing changes by it. */
export function usePlan(change: PlannedChange, enabled = true) {
  return useQuery({
    queryKey: ['plan', change],
    queryFn: ({ signal }) =>
      request<PlanAnswer>(change.method, change.path, {
        query: { ...change.query, dryRun: true },
        ...(change.body ? { body: change.body } : {}),
        ...(change.basis ? { ifMatch: change.basis } : {}),
        signal,
      }),
    enabled,
    // Made anew when it is asked for again, and not because a second component shows it.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}

/** Carries a change out, if the app is still the one that the plan was made for. */
export function apply(change: PlannedChange, answer: PlanAnswer, force: boolean) {
  const { version } = answer.plan;
  return request<{ deploymentId?: string } | undefined>(change.method, change.path, {
    query: { ...change.query, ...(force ? { force: true } : {}) },
    ...(change.body ? { body: change.body } : {}),
    ...(version ? { ifMatch: version } : {}),
  });
}
