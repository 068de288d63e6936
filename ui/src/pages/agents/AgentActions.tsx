import { Content } from '@patternfly/react-core';
import { request } from '../../api/http';
import type { Agent } from '../../api/types';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { plural } from '../../logic/planText';

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
  const { verb, text, typed } = OPERATIONS[props.operation];
  return (
    <ConfirmDialog
      title={`${verb} ${agent.hostname}`}
      verb={verb}
      typedName={typed ? agent.id : undefined}
      act={async () => {
        await request('POST', `/v2/agents/${encodeURIComponent(agent.id)}/${props.operation}`);
        return `${verb}: ${agent.hostname}`;
      }}
      onClose={onClose}
    >
      <Content component="p">{text}</Content>
      <Content component="p">
        It has {plural(agent.tasks, 'task')} and {plural(agent.volumes, 'volume')}.
      </Content>
    </ConfirmDialog>
  );
}
