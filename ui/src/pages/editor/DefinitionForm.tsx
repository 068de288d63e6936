import { Form, FormAlert } from '@patternfly/react-core';
import { type Json, valueAt } from '../../logic/definition/document';
import { lockedReason, type Problems } from '../../logic/definition/problems';
import { Constraints } from './Constraints';
import {
  ChoiceField,
  FlagField,
  FormContext,
  JsonField,
  MapField,
  NumberField,
  TextField,
} from './fields';
import { Columns, Section } from './layout';
import { HealthChecks, Ports, Volumes } from './listSections';

/** A definition as a form. It changes single places and leaves all others as they are. */
export function DefinitionForm(props: {
  document: Json;
  problems: Problems;
  isNew: boolean;
  isStateful: boolean;
  onChange: (document: Json) => void;
  onTouched: (path: string) => void;
}) {
  const locked = lockedReason(props.isStateful && !props.isNew);
  return (
    <FormContext value={props}>
      <Form onSubmit={(event) => event.preventDefault()} className="hp-form">
        <FormAlert />
        <General isNew={props.isNew} locked={locked} />
        <Volumes locked={locked} />
        <Container />
        <Ports locked={locked} />
        <Section title="Environment">
          <MapField place={['env']} label="Environment" itemName="variable" />
        </Section>
        <Section title="Labels">
          <MapField place={['labels']} label="Labels" itemName="label" />
        </Section>
        <HealthChecks />
        <Section title="Placement">
          <Constraints />
          <JsonField
            place={['acceptedResourceRoles']}
            label="Accepted resource roles"
            example='["*"]'
          />
          <TextField place={['role']} label="Role" {...(props.isNew ? {} : { locked })} />
        </Section>
        <Advanced isStateful={hasVolumes(props.document)} />
      </Form>
    </FormContext>
  );
}

function hasVolumes(document: Json): boolean {
  const volumes = valueAt(document, ['container', 'volumes']);
  return Array.isArray(volumes) && volumes.length > 0;
}

function General({ isNew, locked }: { isNew: boolean; locked: string | undefined }) {
  return (
    <Section title="General">
      <TextField
        place={['id']}
        label="Id"
        isRequired
        placeholder="/shop/database"
        locked={isNew ? undefined : 'An id cannot be changed.'}
      />
      <TextField place={['cmd']} label="Command" isLong />
      <Columns>
        <NumberField place={['instances']} label="Instances" />
        <NumberField place={['cpus']} label="CPUs" locked={locked} />
        <NumberField place={['mem']} label="Memory (MiB)" locked={locked} />
        <NumberField place={['disk']} label="Disk (MiB)" locked={locked} />
      </Columns>
    </Section>
  );
}

function Container() {
  return (
    <Section title="Container">
      <Columns>
        <ChoiceField place={['container', 'type']} label="Type" absent="None" />
        <TextField
          place={['container', 'docker', 'image']}
          label="Image"
          placeholder="postgres:17"
        />
      </Columns>
      <FlagField
        place={['container', 'docker', 'forcePullImage']}
        label="Pull the image before each start"
      />
      <FlagField place={['container', 'docker', 'privileged']} label="Privileged" />
      <JsonField
        place={['container', 'docker', 'parameters']}
        label="Options for the container runtime"
        example='[{"key": "hostname", "value": "db"}]'
      />
    </Section>
  );
}

function Advanced({ isStateful }: { isStateful: boolean }) {
  return (
    <Section title="Advanced">
      <Columns>
        <TextField place={['user']} label="User" />
        <NumberField place={['gpus']} label="GPUs" />
        <NumberField place={['taskKillGracePeriodSeconds']} label="Kill grace period (s)" />
        <ChoiceField place={['killSelection']} label="Kill selection" />
      </Columns>
      <Columns>
        <NumberField place={['backoffSeconds']} label="Back-off (s)" />
        <NumberField place={['backoffFactor']} label="Back-off factor" />
        <NumberField place={['maxLaunchDelaySeconds']} label="Longest delay (s)" />
      </Columns>
      <Columns>
        <NumberField
          place={['upgradeStrategy', 'minimumHealthCapacity']}
          label="Minimum health capacity"
        />
        <NumberField
          place={['upgradeStrategy', 'maximumOverCapacity']}
          label="Maximum over capacity"
        />
      </Columns>
      {!isStateful && (
        <JsonField
          place={['unreachableStrategy']}
          label="When instances are out of reach"
          example='{"inactiveAfterSeconds": 300, "expungeAfterSeconds": 600}'
        />
      )}
      {isStateful && (
        <Columns>
          <ChoiceField place={['residency', 'taskLostBehavior']} label="When an agent is lost" />
          <NumberField
            place={['residency', 'relaunchEscalationTimeoutSeconds']}
            label="Relaunch time-out (s)"
          />
        </Columns>
      )}
      <JsonField
        place={['args']}
        label="Arguments (instead of a command)"
        example='["postgres", "-c", "fsync=on"]'
      />
      <JsonField
        place={['fetch']}
        label="Files to fetch"
        example='[{"uri": "https://example.org/app.tar.gz"}]'
      />
    </Section>
  );
}
