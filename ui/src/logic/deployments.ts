/** What deployments do, from their steps. */
import type { Deployment } from '../api/types';

/** The apps that a deployment created: rolling it back deletes them. */
export function createdApps(deployment: Pick<Deployment, 'steps'>): string[] {
  const started = deployment.steps
    .flatMap((step) => step.actions)
    .filter((action) => action.action === 'StartApplication')
    .map((action) => action.app);
  return [...new Set(started)];
}
