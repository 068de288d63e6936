/** The sections of the form that are lists: volumes, ports, health checks. */
import { Button, HelperText, HelperTextItem } from '@patternfly/react-core';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import type { ReactNode } from 'react';
import {
  isObject,
  itemsAt,
  type JsonObject,
  type Place,
  valueAt,
  withItem,
  withoutItem,
  withValue,
} from '../../logic/definition/document';
import { pathOf } from '../../logic/definition/problems';
import { ChoiceField, FlagField, JsonField, NumberField, TextField, useForm } from './fields';
import { Columns, Section } from './layout';

function Items(props: {
  place: Place;
  itemName: string;
  fresh: JsonObject;
  locked?: string | undefined;
  children: (place: Place, index: number) => ReactNode;
  onAdd?: () => void;
  /** Whether no item is something else than nothing said: an empty list stays. */
  keepsEmpty?: boolean;
}) {
  const form = useForm();
  const items = itemsAt(form.document, props.place);
  const add = () => form.onChange(withItem(form.document, props.place, props.fresh));
  return (
    <>
      {items.map((_, index) => (
        <fieldset key={index} className="hp-item" aria-label={`${props.itemName} ${index + 1}`}>
          <div className="hp-item-fields">
            {props.children([...props.place, index], index)}
            {(form.problems.get(pathOf([...props.place, index])) ?? []).map((problem) => (
              <HelperText key={problem}>
                <HelperTextItem variant="error">{problem}</HelperTextItem>
              </HelperText>
            ))}
          </div>
          <Button
            variant="plain"
            aria-label={`Remove ${props.itemName.toLowerCase()} ${index + 1}`}
            icon={<MinusCircleIcon />}
            isDisabled={props.locked !== undefined}
            onClick={() =>
              form.onChange(
                withoutItem(form.document, props.place, index, props.keepsEmpty === true),
              )
            }
          />
        </fieldset>
      ))}
      {props.locked === undefined && (
        <div>
          <Button variant="link" isInline icon={<PlusCircleIcon />} onClick={props.onAdd ?? add}>
            Add {props.itemName.toLowerCase()}
          </Button>
        </div>
      )}
    </>
  );
}

const VOLUMES: Place = ['container', 'volumes'];

/** Persistent volumes. An app keeps those that it was created with. */
export function Volumes({ locked }: { locked: string | undefined }) {
  const form = useForm();
  const items = itemsAt(form.document, VOLUMES);
  const add = (volume: JsonObject) => {
    const type = valueAt(form.document, ['container', 'type']);
    const typed =
      type === undefined ? withValue(form.document, ['container', 'type'], 'MESOS') : form.document;
    form.onChange(withItem(typed, VOLUMES, volume));
  };
  const addPersistent = () => add({ containerPath: '', mode: 'RW', persistent: { size: 512 } });
  const fixed = locked && 'The volumes of an app cannot be changed after it was created.';
  return (
    <Section title="Volumes">
      {items.length === 0 && (
        <p className="hp-quiet">
          Without a volume, the data of a task ends with it. With one, each instance gets its own
          and comes home to it. Sizes and paths cannot be changed later.
        </p>
      )}
      <Items place={VOLUMES} itemName="Volume" fresh={{}} locked={fixed} onAdd={addPersistent}>
        {(place, index) => {
          const item = items[index];
          return isObject(item) && 'hostPath' in item ? (
            <Columns>
              <TextField
                place={[...place, 'containerPath']}
                label="Container path"
                locked={fixed}
              />
              <TextField place={[...place, 'hostPath']} label="Host path" locked={fixed} />
              <ChoiceField place={[...place, 'mode']} label="Mode" locked={fixed} />
            </Columns>
          ) : (
            <PersistentVolume place={place} locked={fixed} />
          );
        }}
      </Items>
      {fixed === undefined && (
        <div>
          <Button
            variant="link"
            isInline
            icon={<PlusCircleIcon />}
            onClick={() => add({ containerPath: '', mode: 'RO', hostPath: '' })}
          >
            Add path of the host
          </Button>
        </div>
      )}
    </Section>
  );
}

function PersistentVolume({ place, locked }: { place: Place; locked: string | undefined }) {
  const form = useForm();
  const type = valueAt(form.document, [...place, 'persistent', 'type']);
  const isOnDisk = type === 'mount' || type === 'path';
  return (
    <>
      <Columns>
        <NumberField
          place={[...place, 'persistent', 'size']}
          label="Size (MiB)"
          isRequired
          locked={locked}
        />
        <TextField
          place={[...place, 'containerPath']}
          label="Container path"
          isRequired
          placeholder="data"
          locked={locked}
        />
        <ChoiceField
          place={[...place, 'persistent', 'type']}
          label="Disk type"
          absent="root (default)"
          locked={locked}
        />
        {type === 'mount' && (
          <NumberField
            place={[...place, 'persistent', 'maxSize']}
            label="Greatest size (MiB)"
            locked={locked}
          />
        )}
      </Columns>
      {isOnDisk && (
        <Columns>
          <JsonField
            place={[...place, 'persistent', 'constraints']}
            label="Disk constraints"
            example='[["path", "LIKE", "/mnt/ssd.*"]]'
            locked={locked}
          />
          <TextField
            place={[...place, 'persistent', 'profileName']}
            label="Disk profile"
            locked={locked}
          />
        </Columns>
      )}
    </>
  );
}

/** Ports of the host, or of the container where the network is one of containers. */
export function Ports({ locked }: { locked: string | undefined }) {
  const form = useForm();
  const mode = valueAt(form.document, ['networks', 0, 'mode']) ?? 'host';
  const fixed = locked && 'The host ports of an app with persistent volumes cannot be changed.';
  return (
    <Section title="Ports">
      <Columns>
        <ChoiceField
          place={['networks', 0, 'mode']}
          label="Network"
          absent="host (default)"
          clears={['networks']}
        />
        {mode === 'container' ? (
          <TextField place={['networks', 0, 'name']} label="Name of the network" isRequired />
        ) : (
          <span />
        )}
      </Columns>
      {mode === 'host' && <NoPorts isLocked={fixed !== undefined} />}
      {mode === 'host' ? (
        <Items
          place={['portDefinitions']}
          keepsEmpty
          itemName="Port"
          fresh={{ port: 0, protocol: 'tcp' }}
          locked={fixed}
        >
          {(place) => (
            <Columns>
              <NumberField place={[...place, 'port']} label="Port" locked={fixed} />
              <ChoiceField place={[...place, 'protocol']} label="Protocol" locked={fixed} />
              <TextField place={[...place, 'name']} label="Name" locked={fixed} />
            </Columns>
          )}
        </Items>
      ) : (
        <Items
          place={['container', 'portMappings']}
          itemName="Port"
          fresh={{ containerPort: 0, hostPort: 0, protocol: 'tcp' }}
          locked={fixed}
        >
          {(place) => (
            <Columns>
              <NumberField
                place={[...place, 'containerPort']}
                label="Container port"
                locked={fixed}
              />
              <NumberField place={[...place, 'hostPort']} label="Host port" locked={fixed} />
              <ChoiceField place={[...place, 'protocol']} label="Protocol" locked={fixed} />
              <TextField place={[...place, 'name']} label="Name" locked={fixed} />
            </Columns>
          )}
        </Items>
      )}
      {mode === 'host' && (
        <FlagField
          place={['requirePorts']}
          label="Take exactly these ports of the host"
          locked={fixed}
        />
      )}
    </Section>
  );
}

/** Says what becomes of ports where none is listed. */
function NoPorts({ isLocked }: { isLocked: boolean }) {
  const form = useForm();
  const place: Place = ['portDefinitions'];
  const ports = valueAt(form.document, place);
  if (Array.isArray(ports) && ports.length > 0) return null;
  const isSaid = Array.isArray(ports);
  return (
    <p className="hp-quiet">
      {isSaid
        ? 'The instances get no ports.'
        : 'Nothing is said of ports, so each instance gets one, which its agent chooses; the task finds it in $PORT0.'}{' '}
      {!isLocked && (
        <Button
          variant="link"
          isInline
          onClick={() => form.onChange(withValue(form.document, place, isSaid ? undefined : []))}
        >
          {isSaid ? 'Let the agent choose one' : 'Take none'}
        </Button>
      )}
    </p>
  );
}

export function HealthChecks() {
  const form = useForm();
  return (
    <Section title="Health checks">
      <Items
        place={['healthChecks']}
        itemName="Health check"
        fresh={{ protocol: 'MESOS_TCP', portIndex: 0 }}
      >
        {(place) => {
          const protocol = String(valueAt(form.document, [...place, 'protocol']) ?? '');
          return (
            <>
              <Columns>
                <ChoiceField place={[...place, 'protocol']} label="Protocol" />
                {protocol === 'COMMAND' ? (
                  <TextField place={[...place, 'command', 'value']} label="Command" />
                ) : (
                  <NumberField place={[...place, 'portIndex']} label="Port index" />
                )}
                {/HTTP/.test(protocol) ? (
                  <TextField place={[...place, 'path']} label="Path" placeholder="/health" />
                ) : (
                  <span />
                )}
              </Columns>
              <Columns>
                <NumberField place={[...place, 'gracePeriodSeconds']} label="Grace period (s)" />
                <NumberField place={[...place, 'intervalSeconds']} label="Interval (s)" />
                <NumberField place={[...place, 'timeoutSeconds']} label="Time-out (s)" />
                <NumberField place={[...place, 'maxConsecutiveFailures']} label="Failures" />
              </Columns>
            </>
          );
        }}
      </Items>
    </Section>
  );
}
