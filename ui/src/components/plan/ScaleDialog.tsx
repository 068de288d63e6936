import { FormGroup, NumberInput } from '@patternfly/react-core';
import { useDeferredValue, useState } from 'react';
import { scale } from '../../logic/plannedChange';
import { PlannedChangeDialog } from './PlannedChangeDialog';

/** Asks for a number of instances and shows what comes of it. */
export function ScaleDialog(props: { appId: string; instances: number; onClose: () => void }) {
  const [wanted, setWanted] = useState<number>(props.instances);
  const shown = useDeferredValue(wanted);
  const set = (value: number) => setWanted(Math.max(0, Math.floor(value)));
  return (
    <PlannedChangeDialog
      change={scale(props.appId, shown)}
      onClose={props.onClose}
      isIncomplete={!Number.isFinite(shown) || shown === props.instances}
    >
      <FormGroup label="Instances" fieldId="scale-instances">
        <NumberInput
          value={wanted}
          min={0}
          onMinus={() => set(wanted - 1)}
          onPlus={() => set(wanted + 1)}
          onChange={(event) => set(Number((event.target as HTMLInputElement).value))}
          inputName="instances"
          inputProps={{ id: 'scale-instances' }}
          inputAriaLabel="Instances"
          minusBtnAriaLabel="One less"
          plusBtnAriaLabel="One more"
          widthChars={6}
        />
      </FormGroup>
    </PlannedChangeDialog>
  );
}
