import {
  Button,
  CodeBlock,
  CodeBlockCode,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core';
import { useNavigate } from 'react-router';
import { COUNTER } from '../../logic/definition/examples';
import { links } from '../../logic/links';

/** The first thing a new user sees: what this is for, and a way to try it. */
export function NoApplications() {
  const navigate = useNavigate();
  return (
    <EmptyState titleText="No applications yet" headingLevel="h2" variant="lg">
      <EmptyStateBody>
        <p>
          An application is a command or an image that Homeport keeps running. Give it a{' '}
          <strong>volume</strong>, and its data stays: each instance is always started again where
          its volume is, on the data that it left there.
        </p>
        <CodeBlock className="hp-example">
          <CodeBlockCode>{`{ "id": "/shop/database", "cmd": "...", "instances": 1,
  "container": { "type": "MESOS", "volumes": [
    { "containerPath": "data", "mode": "RW",
      "persistent": { "size": 512 } } ] } }`}</CodeBlockCode>
        </CodeBlock>
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button onClick={() => void navigate(links.create)}>Create application</Button>
        </EmptyStateActions>
        <EmptyStateActions>
          <Button
            variant="link"
            onClick={() => void navigate(links.create, { state: { definition: COUNTER } })}
          >
            Start from an example: a counter that survives restarts
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
