import {
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  NumberInput,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { appQuery } from '../../api/queries';
import { plural } from '../../logic/planText';
import { scale } from '../../logic/plannedChange';
import { PlannedChangeDialog } from './PlannedChangeDialog';

/** Asks for a number of instances and shows what comes of it. */
export function ScaleDialog(props: { appId: string; instances: number; onClose: () => void }) {
  // What the app has may change while the dialog is open, or may just have changed.
  const now = useQuery(appQuery(props.appId)).data?.instances ?? props.instances;
  const [wanted, setWanted] = useState<number>(props.instances);
  const shown = useDeferredValue(wanted);
  const set = (value: number) => setWanted(Math.max(0, Math.floor(value)));
  return (
    <PlannedChangeDialog
      change={scale(props.appId, shown)}
      onClose={props.onClose}
      isIncomplete={!Number.isFinite(shown) || shown === now}
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
        <FormHelperText>
          <HelperText>
            <HelperTextItem>It has {plural(now, 'instance')} now.</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </PlannedChangeDialog>
  );
}
