import {
  Button,
  Card,
  CardBody,
  CardTitle,
  Progress,
  ProgressMeasureLocation,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/http';
import type { Deployment } from '../../api/types';
import { AppLink } from '../../components/links';
import { useNotify } from '../../components/notifications';
import { RelativeTime } from '../../components/RelativeTime';

const ACTIONS: Record<string, string> = {
  StartApplication: 'Start',
  StopApplication: 'Stop',
  ScaleApplication: 'Scale',
  RestartApplication: 'Restart',
};

/** A deployment under way: its steps, what is ready, and the ways out of it. */
export function DeploymentCard({ deployment }: { deployment: Deployment }) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { progress, outOfReach, startedAt } = deployment.homeport;

  async function end(force: boolean) {
    setBusy(true);
    try {
      await request('DELETE', `/v2/deployments/${encodeURIComponent(deployment.id)}`, {
        query: force ? { force: true } : {},
      });
      notify({
        variant: 'success',
        title: force ? 'Cancelled; what was done stays' : 'Rolling back',
      });
      void queries.invalidateQueries();
    } catch (failure) {
      notify({ variant: 'danger', title: (failure as Error).message });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card isCompact>
      <CardTitle component="h2">
        {deployment.affectedApps.map((app) => (
          <AppLink key={app} id={app} />
        ))}
        <span className="hp-quiet hp-small">
          {' '}
          started <RelativeTime at={startedAt} />
        </span>
      </CardTitle>
      <CardBody>
        <div className="hp-stack">
          <ol className="hp-steps" aria-label="Steps">
            {deployment.steps.map((step, index) => (
              <li
                key={index}
                className={stepClass(index + 1, deployment.currentStep)}
                aria-current={index + 1 === deployment.currentStep ? 'step' : undefined}
              >
                {step.actions
                  .map((action) => `${ACTIONS[action.action] ?? action.action} ${action.app}`)
                  .join(', ')}
              </li>
            ))}
          </ol>
          {progress.wanted > 0 && (
            <Progress
              aria-label="Instances ready"
              title="Instances ready"
              value={progress.ready}
              max={progress.wanted}
              valueText={`${progress.ready} of ${progress.wanted}`}
              label={`${progress.ready} of ${progress.wanted}`}
              measureLocation={ProgressMeasureLocation.outside}
              size="sm"
            />
          )}
          {outOfReach.length > 0 && (
            <ul className="hp-plan-items">
              {outOfReach.map((one) => (
                <li key={one.instanceId}>
                  {one.instanceId}: {one.why}
                </li>
              ))}
            </ul>
          )}
          <div className="hp-buttons">
            <Button
              variant="secondary"
              size="sm"
              isDisabled={isBusy}
              onClick={() => void end(false)}
            >
              Roll back
            </Button>
            <Button variant="link" size="sm" isDisabled={isBusy} onClick={() => void end(true)}>
              Cancel, and leave things as they are
            </Button>
          </div>
        </div>
      </CardBody>
    </Card>
  );
}

function stepClass(step: number, current: number): string {
  return step < current ? 'hp-step-done' : step === current ? 'hp-step-now' : 'hp-step-later';
}
