import { Bullseye, Button, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import { Component, type ReactNode } from 'react';

/**
 * Stands in for a page that failed, so that the frame around it stays. The usual reason is a server
 * that was upgraded under an open page: the parts of the page that it still wants are gone, and
 * loading it again brings the new ones.
 */
export class PageFault extends Component<{ children: ReactNode }, { fault?: Error }> {
  override state: { fault?: Error } = {};

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return (
      <Bullseye>
        <EmptyState
          titleText="This page could not be shown"
          headingLevel="h1"
          icon={ExclamationCircleIcon}
          status="danger"
          variant="sm"
        >
          <EmptyStateBody>
            {isMissingPart(fault)
              ? 'A part of it could not be loaded: the server is away, or is a newer one.'
              : fault.message}
          </EmptyStateBody>
          <Button onClick={() => location.reload()}>Load the page again</Button>
        </EmptyState>
      </Bullseye>
    );
  }
}

function isMissingPart(fault: Error): boolean {
  return /dynamically imported module|module script|preload/i.test(fault.message);
}
