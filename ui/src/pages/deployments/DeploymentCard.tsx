import {
  Button,
  Card,
  CardBody,
  Progress,
  ProgressMeasureLocation,
  Title,
} from '@patternfly/react-core';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon';
import PendingIcon from '@patternfly/react-icons/dist/esm/icons/pending-icon';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/http';
import type { Deployment } from '../../api/types';
import { AppLink } from '../../components/links';
import { useNotify } from '../../components/notifications';
import { RelativeTime } from '../../components/RelativeTime';
import { RollBackDialog } from './RollBackDialog';

const ACTIONS: Record<string, string> = {
  StartApplication: 'Start',
  StopApplication: 'Stop',
  ScaleApplication: 'Scale',
  RestartApplication: 'Restart',
};

/** A deployment under way: its steps, what is ready, and the ways out of it. */
export function DeploymentCard({ deployment }: { deployment: Deployment }) {
  const { progress, outOfReach, startedAt } = deployment.homeport;
  return (
    <Card isCompact>
      <CardBody>
        <div className="hp-stack">
          <div className="hp-deployment-head">
            <div>
              <Title headingLevel="h2" size="md">
                {deployment.affectedApps.map((app) => (
                  <AppLink key={app} id={app} />
                ))}
              </Title>
              <span className="hp-quiet hp-small" title={deployment.id}>
                started <RelativeTime at={startedAt} />
              </span>
            </div>
            <WaysOut deployment={deployment} />
          </div>
          <Steps deployment={deployment} />
          {progress.wanted > 0 && (
            <Progress
              className="hp-progress"
              aria-label="Instances ready"
              value={progress.ready}
              max={progress.wanted}
              valueText={`${progress.ready} of ${progress.wanted} instances ready`}
              label={`${progress.ready} of ${progress.wanted} ready`}
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
        </div>
      </CardBody>
    </Card>
  );
}

function WaysOut({ deployment }: { deployment: Deployment }) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [isRollingBack, setRollingBack] = useState(false);

  async function cancel() {
    setBusy(true);
    try {
      const path = `/v2/deployments/${encodeURIComponent(deployment.id)}`;
      await request('DELETE', path, { query: { force: true } });
      notify({ variant: 'success', title: 'Cancelled; what was done stays' });
      void queries.invalidateQueries();
    } catch (failure) {
      notify({ variant: 'danger', title: (failure as Error).message });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="hp-buttons">
      <Button variant="link" size="sm" isDisabled={isBusy} onClick={() => void cancel()}>
        Cancel, and leave things as they are
      </Button>
      <Button variant="secondary" size="sm" onClick={() => setRollingBack(true)}>
        Roll back
      </Button>
      {isRollingBack && (
        <RollBackDialog deployment={deployment} onClose={() => setRollingBack(false)} />
      )}
    </div>
  );
}

type StepState = 'done' | 'now' | 'later';

const STEP_LOOKS: Record<StepState, { Icon: typeof CheckCircleIcon; words: string }> = {
  done: { Icon: CheckCircleIcon, words: 'done' },
  now: { Icon: InProgressIcon, words: 'under way' },
  later: { Icon: PendingIcon, words: 'to come' },
};

function Steps({ deployment }: { deployment: Deployment }) {
  const { currentStep, steps } = deployment;
  return (
    <ol className="hp-steps" aria-label="Steps">
      {steps.map((step, index) => {
        const number = index + 1;
        const state = number < currentStep ? 'done' : number === currentStep ? 'now' : 'later';
        const { Icon, words } = STEP_LOOKS[state];
        return (
          <li
            key={number}
            className={`hp-step hp-step-${state}`}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <Icon aria-label={words} role="img" />
            <span>
              {step.actions
                .map((action) => `${ACTIONS[action.action] ?? action.action} ${action.app}`)
                .join(', ')}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
