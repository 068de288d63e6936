import {
  Button,
  Content,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalVariant,
  TextInput,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/http';
import { volumePath } from '../../api/queries';
import type { Volume } from '../../api/types';
import { useNotify } from '../../components/notifications';
import { Refusal } from '../../components/plan/PlannedChangeDialog';
import { TypedName } from '../../components/plan/TypedName';
import { formatBytes, formatMib } from '../../logic/sizes';

export type VolumeAction = { kind: 'destroy' | 'adopt'; volume: Volume };

/** Asks before a volume is destroyed, or for the instance that it is given to. */
export function VolumeActionDialog({
  action,
  onClose,
}: {
  action: VolumeAction;
  onClose: () => void;
}) {
  const { kind, volume } = action;
  const [typed, setTyped] = useState('');
  const [appId, setAppId] = useState(volume.appId);
  const [ordinal, setOrdinal] = useState(String(volume.ordinal));
  const [problem, setProblem] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const notify = useNotify();
  const queries = useQueryClient();
  const isReady = kind === 'destroy' ? typed === volume.id : appId !== '' && /^\d*$/.test(ordinal);

  async function carryOut() {
    setBusy(true);
    try {
      const path = volumePath(volume.id);
      const answer = await (kind === 'destroy'
        ? request<{ message: string }>('DELETE', path)
        : request<{ message: string }>('POST', `${path}/adopt`, {
            body: { appId, ...(ordinal === '' ? {} : { ordinal: Number(ordinal) }) },
          }));
      notify({ variant: 'success', title: answer.message });
      void queries.invalidateQueries();
      onClose();
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.medium} onClose={onClose} aria-labelledby="volume-title">
      <ModalHeader
        title={kind === 'destroy' ? 'Destroy volume' : 'Adopt volume'}
        labelId="volume-title"
        {...(kind === 'destroy' ? { titleIconVariant: 'danger' as const } : {})}
      />
      <ModalBody>
        <div className="hp-stack">
          {kind === 'destroy' ? (
            <>
              <Content component="p">
                Destroys <code>{volume.id}</code> on {volume.host} with everything in it (
                {volume.usedBytes === null
                  ? `use unknown, size ${formatMib(volume.size)}`
                  : `${formatBytes(volume.usedBytes)} of ${formatMib(volume.size)} in use`}
                ) and gives back what is reserved for its instance.
              </Content>
              <TypedName name={volume.id} value={typed} onChange={setTyped} />
            </>
          ) : (
            <AdoptFields
              appId={appId}
              ordinal={ordinal}
              onAppId={setAppId}
              onOrdinal={setOrdinal}
            />
          )}
          {problem && <Refusal error={problem} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          variant={kind === 'destroy' ? 'danger' : 'primary'}
          isDisabled={!isReady || isBusy}
          isLoading={isBusy}
          onClick={() => void carryOut()}
        >
          {kind === 'destroy' ? 'Destroy volume' : 'Adopt'}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
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
