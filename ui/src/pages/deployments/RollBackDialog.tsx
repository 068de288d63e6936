import { Content } from '@patternfly/react-core';
import { request } from '../../api/http';
import type { Deployment } from '../../api/types';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { Loading } from '../../components/Loaded';
import { PlanView } from '../../components/plan/PlanView';
import { usePlan } from '../../components/plan/usePlan';
import { Refusal } from '../../components/Refusal';
import { createdApps } from '../../logic/deployments';
import { destroy } from '../../logic/plannedChange';
import { destroysData } from '../../logic/planText';

type Props = { deployment: Deployment; onClose: () => void };

/**
 * Asks before a deployment is rolled back. What it created is deleted by that, data included, so
 * the plan of that is shown and the name must be typed.
 */
export function RollBackDialog(props: Props) {
  const [created] = createdApps(props.deployment);
  return created === undefined ? (
    <Plain {...props}>
      <Content component="p">
        {props.deployment.affectedApps.join(', ')} is brought back to the definition that it had
        before, by a deployment of its own. Its volumes are kept.
      </Content>
    </Plain>
  ) : (
    <OfCreation {...props} created={created} />
  );
}

function OfCreation(props: Props & { created: string }) {
  const plan = usePlan(destroy(props.created));
  const answer = plan.data;
  return (
    <Plain
      {...props}
      isDanger
      isReady={answer !== undefined}
      typedName={answer && destroysData(answer.plan) ? props.created : undefined}
    >
      <Content component="p">
        This deployment created {props.created}, so rolling it back deletes the app.
      </Content>
      {plan.isFetching && <Loading />}
      {plan.isError && <Refusal error={plan.error} />}
      {answer && <PlanView answer={answer} />}
    </Plain>
  );
}

function Plain(
  props: Props & {
    isDanger?: boolean;
    isReady?: boolean;
    typedName?: string | undefined;
    children: React.ReactNode;
  },
) {
  const { deployment } = props;
  return (
    <ConfirmDialog
      title={`Roll back the deployment of ${deployment.affectedApps.join(', ')}`}
      verb="Roll back"
      isDanger={props.isDanger === true}
      isReady={props.isReady ?? true}
      typedName={props.typedName}
      act={async () => {
        await request('DELETE', `/v2/deployments/${encodeURIComponent(deployment.id)}`);
        return 'Rolling back';
      }}
      onClose={props.onClose}
    >
      {props.children}
    </ConfirmDialog>
  );
}
