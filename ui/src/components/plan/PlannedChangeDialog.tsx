import {
  Button,
  Checkbox,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalVariant,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../api/http';
import { destroysData } from '../../logic/planText';
import type { PlannedChange } from '../../logic/plannedChange';
import { Loading } from '../Loaded';
import { useNotify } from '../notifications';
import { Refusal } from '../Refusal';
import { PlanView } from './PlanView';
import { TypedName } from './TypedName';
import { apply, usePlan } from './usePlan';

/**
 * Shows the plan of a change, and carries out what was shown: the request names the version of the
 * app that the plan was made for.
 */
export function PlannedChangeDialog(props: {
  change: PlannedChange;
  onClose: () => void;
  onApplied?: () => void;
  /** What can still be chosen, above the plan. */
  children?: ReactNode;
  /** Whether what is chosen cannot be planned. */
  isIncomplete?: boolean;
}) {
  const { change } = props;
  const plan = usePlan(change, !props.isIncomplete);
  const [typed, setTyped] = useState('');
  const [force, setForce] = useState(false);
  const [problem, setProblem] = useState<ApiError | Error>();
  const [isApplying, setApplying] = useState(false);
  const notify = useNotify();
  const queries = useQueryClient();

  const answer = plan.isFetching ? undefined : plan.data;
  const isDanger = answer !== undefined && destroysData(answer.plan);
  const isDelete = change.method === 'DELETE';
  const isConfirmed = !isDanger || typed === change.appId;
  const locked = problem instanceof ApiError && problem.code === 'app_locked';

  async function carryOut() {
    if (!answer) return;
    setApplying(true);
    setProblem(undefined);
    try {
      await apply(change, answer, force);
      notify({ variant: 'success', title: `${change.verb}: ${change.appId} is on its way` });
      void queries.invalidateQueries();
      props.onClose();
      props.onApplied?.();
    } catch (failure) {
      setProblem(failure as Error);
      if (failure instanceof ApiError && failure.status === 412) void plan.refetch();
    } finally {
      setApplying(false);
    }
  }

  return (
    <Modal
      isOpen
      variant={ModalVariant.medium}
      onClose={props.onClose}
      aria-labelledby="planned-change-title"
      aria-describedby="planned-change-body"
    >
      <ModalHeader
        title={change.title}
        labelId="planned-change-title"
        {...(isDanger ? { titleIconVariant: 'danger' as const } : {})}
      />
      <ModalBody id="planned-change-body">
        <div className="hp-stack">
          {props.children}
          {plan.isFetching && <Loading />}
          {plan.isError && !plan.isFetching && <Refusal error={plan.error} />}
          {answer && <PlanView answer={answer} />}
          {problem && <Refusal error={problem} />}
          {locked && (
            <Checkbox
              id="force"
              label="Replace the deployment that is under way"
              isChecked={force}
              onChange={(_event, checked) => setForce(checked)}
            />
          )}
          {isDanger && <TypedName name={change.appId} value={typed} onChange={setTyped} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          variant={isDanger || isDelete ? 'danger' : 'primary'}
          isDisabled={!answer || !isConfirmed || isApplying || props.isIncomplete === true}
          isLoading={isApplying}
          onClick={() => void carryOut()}
        >
          {change.verb}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
