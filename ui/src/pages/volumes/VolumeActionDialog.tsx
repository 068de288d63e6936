import {
  Content,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useState } from 'react';
import { request } from '../../api/http';
import { volumePath } from '../../api/queries';
import type { Volume } from '../../api/types';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { formatBytes, formatMib } from '../../logic/sizes';

export type VolumeAction = { kind: 'destroy' | 'adopt'; volume: Volume };

type Asked = { message: string };

/** Asks before a volume is destroyed, or for the instance that it is given to. */
export function VolumeActionDialog(props: { action: VolumeAction; onClose: () => void }) {
  const { kind, volume } = props.action;
  return kind === 'destroy' ? (
    <DestroyDialog volume={volume} onClose={props.onClose} />
  ) : (
    <AdoptDialog volume={volume} onClose={props.onClose} />
  );
}

type DialogProps = { volume: Volume; onClose: () => void };

function DestroyDialog({ volume, onClose }: DialogProps) {
  const stake =
    volume.usedBytes === null
      ? `use unknown, size ${formatMib(volume.size)}`
      : `${formatBytes(volume.usedBytes)} of ${formatMib(volume.size)} in use`;
  return (
    <ConfirmDialog
      title="Destroy volume"
      verb="Destroy volume"
      typedName={volume.id}
      act={async () => (await request<Asked>('DELETE', volumePath(volume.id))).message}
      onClose={onClose}
    >
      <Content component="p">
        Destroys <code>{volume.id}</code> on {volume.host} with everything in it ({stake}) and gives
        back what is reserved for its instance.
      </Content>
    </ConfirmDialog>
  );
}

function AdoptDialog({ volume, onClose }: DialogProps) {
  const [appId, setAppId] = useState(volume.appId);
  const [ordinal, setOrdinal] = useState(String(volume.ordinal));
  return (
    <ConfirmDialog
      title="Adopt volume"
      verb="Adopt"
      isReady={appId !== '' && /^\d*$/.test(ordinal)}
      act={async () => {
        const body = { appId, ...(ordinal === '' ? {} : { ordinal: Number(ordinal) }) };
        return (await request<Asked>('POST', `${volumePath(volume.id)}/adopt`, { body })).message;
      }}
      onClose={onClose}
    >
      <AdoptFields appId={appId} ordinal={ordinal} onAppId={setAppId} onOrdinal={setOrdinal} />
    </ConfirmDialog>
  );
}

function AdoptFields(props: {
  appId: string;
  ordinal: string;
  onAppId: (value: string) => void;
  onOrdinal: (value: string) => void;
}) {
  return (
    <>
      <Content component="p">
        The volume becomes that of an instance, which then runs where the volume is and sees its
        data. What that instance had before is not destroyed.
      </Content>
      <FormGroup label="Application" fieldId="adopt-app">
        <TextInput
          id="adopt-app"
          value={props.appId}
          onChange={(_event, value) => props.onAppId(value)}
        />
      </FormGroup>
      <FormGroup label="Instance" fieldId="adopt-ordinal">
        <TextInput
          id="adopt-ordinal"
          value={props.ordinal}
          inputMode="numeric"
          onChange={(_event, value) => props.onOrdinal(value)}
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem>Its ordinal; left empty, the server chooses.</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </>
  );
}
