import {
  Button,
  Content,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalVariant,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/http';
import type { Agent } from '../../api/types';
import { useNotify } from '../../components/notifications';
import { Refusal } from '../../components/plan/PlannedChangeDialog';
import { TypedName } from '../../components/plan/TypedName';

export type AgentOperation = 'drain' | 'stop' | 'activate' | 'gone';

const OPERATIONS: Record<AgentOperation, { verb: string; text: string; typed: boolean }> = {
  drain: {
    verb: 'Drain',
    text: 'Its tasks are ended and nothing new is launched there until it is brought back. Its volumes stay; the instances with volumes wait for it.',
    typed: false,
  },
  stop: {
    verb: 'Stop',
    text: 'It is out of reach from then on, as if its machine had gone. Its volumes stay; the instances with volumes wait for it.',
    typed: false,
  },
  activate: {
    verb: 'Bring back',
    text: 'It offers its resources again, and the instances whose volumes it holds start there.',
    typed: false,
  },
  gone: {
    verb: 'Mark as gone',
    text: 'Say this only when it will never come back. Its instances start elsewhere with new, empty volumes; what was on it counts as left behind.',
    typed: true,
  },
};

/** The operations that make sense for an agent as it is. */
export function operationsOf(agent: Agent): AgentOperation[] {
  switch (agent.status) {
    case 'active':
      return ['drain', 'stop'];
    case 'draining':
    case 'drained':
      return ['activate', 'stop'];
    case 'unreachable':
      return ['activate', 'gone'];
    case 'gone':
      return [];
  }
}

export function verbOf(operation: AgentOperation): string {
  return OPERATIONS[operation].verb;
}

export function AgentDialog(props: {
  agent: Agent;
  operation: AgentOperation;
  onClose: () => void;
}) {
  const { agent, onClose } = props;
  const { verb, text, typed: needsName } = OPERATIONS[props.operation];
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const notify = useNotify();
  const queries = useQueryClient();

  async function carryOut() {
    setBusy(true);
    try {
      await request('POST', `/v2/agents/${encodeURIComponent(agent.id)}/${props.operation}`);
      notify({ variant: 'success', title: `${verb}: ${agent.hostname}` });
      void queries.invalidateQueries();
      onClose();
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.small} onClose={onClose} aria-labelledby="agent-title">
      <ModalHeader title={`${verb} ${agent.hostname}`} labelId="agent-title" />
      <ModalBody>
        <div className="hp-stack">
          <Content component="p">{text}</Content>
          <Content component="p">
            It has {agent.tasks} tasks and {agent.volumes} volumes.
          </Content>
          {needsName && <TypedName name={agent.id} value={typed} onChange={setTyped} />}
          {problem && <Refusal error={problem} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          variant={needsName ? 'danger' : 'primary'}
          isDisabled={isBusy || (needsName && typed !== agent.id)}
          isLoading={isBusy}
          onClick={() => void carryOut()}
        >
          {verb}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
