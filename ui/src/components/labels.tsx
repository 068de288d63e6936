/** The words for states, each with its colour and icon; never colour alone. */
import { Label } from '@patternfly/react-core';
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon';
import HourglassHalfIcon from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon';
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon';
import LinkIcon from '@patternfly/react-icons/dist/esm/icons/link-icon';
import PauseCircleIcon from '@patternfly/react-icons/dist/esm/icons/pause-circle-icon';
import QuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/question-circle-icon';
import UnlinkIcon from '@patternfly/react-icons/dist/esm/icons/unlink-icon';
import type { ComponentType, ReactElement } from 'react';
import type { Agent, VolumeStatus } from '../api/types';
import { type AppHealth, type AppStatus, statusMeaning } from '../logic/appStatus';
import { Helped } from './Helped';

type Colour = 'blue' | 'green' | 'orange' | 'red' | 'grey' | 'teal' | 'purple' | 'yellow';
type Look = { colour: Colour; Icon: ComponentType };

function State({ text, look, help }: { text: string; look: Look; help?: string | undefined }) {
  const { Icon } = look;
  const label = (
    <Label color={look.colour} icon={<Icon />} isCompact>
      {text}
    </Label>
  );
  return help ? <Helped help={help}>{label}</Helped> : label;
}

const APP_LOOKS: Record<AppStatus, Look> = {
  Running: { colour: 'green', Icon: CheckCircleIcon },
  Deploying: { colour: 'blue', Icon: InProgressIcon },
  Waiting: { colour: 'orange', Icon: HourglassHalfIcon },
  Delayed: { colour: 'red', Icon: HourglassHalfIcon },
  Incomplete: { colour: 'orange', Icon: ExclamationTriangleIcon },
  Suspended: { colour: 'grey', Icon: PauseCircleIcon },
};

export function AppStatusLabel({ status }: { status: AppStatus }): ReactElement {
  return <State text={status} look={APP_LOOKS[status]} help={statusMeaning(status)} />;
}

const HEALTH_LOOKS: Record<AppHealth, Look> = {
  Healthy: { colour: 'green', Icon: CheckCircleIcon },
  Unhealthy: { colour: 'red', Icon: ExclamationCircleIcon },
  Unknown: { colour: 'grey', Icon: QuestionCircleIcon },
  'No checks': { colour: 'grey', Icon: BanIcon },
};

export function HealthLabel({ health, detail }: { health: AppHealth; detail?: string }) {
  if (health === 'No checks') return <span className="hp-quiet">No checks</span>;
  return <State text={detail ?? health} look={HEALTH_LOOKS[health]} help={detail && health} />;
}

const VOLUME_LOOKS: Record<VolumeStatus, Look> = {
  creating: { colour: 'blue', Icon: InProgressIcon },
  attached: { colour: 'green', Icon: LinkIcon },
  detached: { colour: 'orange', Icon: UnlinkIcon },
  'left behind': { colour: 'purple', Icon: ExclamationTriangleIcon },
  quarantined: { colour: 'purple', Icon: BanIcon },
  destroying: { colour: 'red', Icon: InProgressIcon },
};

const VOLUME_MEANINGS: Record<VolumeStatus, string> = {
  creating: 'The agent is making it.',
  attached: 'Belongs to an instance that is wanted; its data is in use.',
  detached:
    'Its instance was scaled away. The data and the reserved resources are kept until the app scales up again or you destroy it.',
  'left behind':
    'Its instance lives on elsewhere with another volume. The data is kept until you adopt or destroy it.',
  quarantined: 'It bears the label of this Homeport, but there is no record of it here.',
  destroying: 'It is listed until its agent confirms that it is gone.',
};

export function VolumeStatusLabel({ status }: { status: VolumeStatus }): ReactElement {
  return (
    <State
      text={status.charAt(0).toUpperCase() + status.slice(1)}
      look={VOLUME_LOOKS[status]}
      help={VOLUME_MEANINGS[status]}
    />
  );
}

const AGENT_LOOKS: Record<Agent['status'], Look> = {
  active: { colour: 'green', Icon: CheckCircleIcon },
  draining: { colour: 'blue', Icon: InProgressIcon },
  drained: { colour: 'grey', Icon: PauseCircleIcon },
  unreachable: { colour: 'red', Icon: ExclamationCircleIcon },
  gone: { colour: 'grey', Icon: BanIcon },
};

export function AgentStatusLabel({ status }: { status: Agent['status'] }): ReactElement {
  return (
    <State text={status.charAt(0).toUpperCase() + status.slice(1)} look={AGENT_LOOKS[status]} />
  );
}

const CONDITION_LOOKS: Record<string, Look> = {
  Running: { colour: 'green', Icon: CheckCircleIcon },
  Staging: { colour: 'blue', Icon: InProgressIcon },
  Starting: { colour: 'blue', Icon: InProgressIcon },
  Provisioned: { colour: 'blue', Icon: InProgressIcon },
  Killing: { colour: 'orange', Icon: InProgressIcon },
  Waiting: { colour: 'orange', Icon: HourglassHalfIcon },
  Detached: { colour: 'grey', Icon: UnlinkIcon },
  Unreachable: { colour: 'red', Icon: ExclamationTriangleIcon },
  Failed: { colour: 'red', Icon: ExclamationCircleIcon },
  Error: { colour: 'red', Icon: ExclamationCircleIcon },
};

/** The condition of an instance, in Marathon's words. */
export function ConditionLabel({ condition }: { condition: string }): ReactElement {
  return (
    <State
      text={condition}
      look={CONDITION_LOOKS[condition] ?? { colour: 'grey', Icon: QuestionCircleIcon }}
    />
  );
}
