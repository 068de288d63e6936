import { Modal, ModalBody, ModalHeader, ModalVariant } from '@patternfly/react-core';
import { Fragment } from 'react';
import { SHORTCUTS } from './keys';

/** The keys that work on every page. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal isOpen variant={ModalVariant.small} onClose={onClose} aria-labelledby="keys-title">
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
