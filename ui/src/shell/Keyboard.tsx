import { Modal, ModalBody, ModalHeader, ModalVariant } from '@patternfly/react-core';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { KeyReader, SHORTCUTS } from './keys';

/** Listens for the keys that work on every page, and shows what they are. */
export function Keyboard() {
  const [isHelping, setHelping] = useState(false);
  const reader = useRef(new KeyReader());
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const action = reader.current.read(event.key, event.timeStamp);
      if (!action) return;
      event.preventDefault();
      if (action.kind === 'go') void navigate(action.to);
      else if (action.kind === 'help') setHelping(true);
      else
        document
          .querySelector<HTMLInputElement>(
            'main input[type=search], main .pf-v6-c-text-input-group input',
          )
          ?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
  if (!isHelping) return null;
  return (
    <Modal
      isOpen
      variant={ModalVariant.small}
      onClose={() => setHelping(false)}
      aria-labelledby="keys-title"
    >
      <ModalHeader title="Keys" labelId="keys-title" />
      <ModalBody>
        <dl className="hp-keys">
          {SHORTCUTS.map(({ keys, text }) => (
            <Fragment key={keys}>
              <dt>
                {keys.split(' ').map((key) => (
                  <Fragment key={key}>
                    <kbd>{key}</kbd>{' '}
                  </Fragment>
                ))}
              </dt>
              <dd>{text}</dd>
            </Fragment>
          ))}
        </dl>
      </ModalBody>
    </Modal>
  );
}

/** Whether a key belongs to a field, an editor, a menu or a dialog. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox]') !==
        null)
  );
}
