import {
  Button,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalVariant,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useNotify } from './notifications';
import { Refusal } from './Refusal';
import { TypedName } from './plan/TypedName';

/** Asks before something is done at once, and shows why it was refused. */
export function ConfirmDialog(props: {
  title: string;
  verb: string;
  /** What has to be typed first, where data is at stake. */
  typedName?: string | undefined;
  isDanger?: boolean;
  isReady?: boolean;
  children: ReactNode;
  /** Does it, and says what came of it. */
  act: () => Promise<string>;
  onClose: () => void;
  onDone?: (() => void) | undefined;
}) {
  const { title, verb, typedName, isDanger = typedName !== undefined, isReady = true } = props;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const notify = useNotify();
  const queries = useQueryClient();
  const id = useId();

  async function carryOut() {
    setBusy(true);
    setProblem(undefined);
    try {
      notify({ variant: 'success', title: await props.act() });
      void queries.invalidateQueries();
      props.onClose();
      props.onDone?.();
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.medium} onClose={props.onClose} aria-labelledby={id}>
      <ModalHeader
        title={title}
        labelId={id}
        {...(isDanger ? { titleIconVariant: 'danger' as const } : {})}
      />
      <ModalBody>
        <div className="hp-stack">
          {props.children}
          {problem && <Refusal error={problem} />}
          {typedName !== undefined && (
            <TypedName name={typedName} value={typed} onChange={setTyped} />
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          variant={isDanger ? 'danger' : 'primary'}
          isDisabled={isBusy || !isReady || (typedName !== undefined && typed !== typedName)}
          isLoading={isBusy}
          onClick={() => void carryOut()}
        >
          {verb}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
