import { Alert } from '@patternfly/react-core';
import { Link } from 'react-router';
import { ApiError, type FieldErrors } from '../api/http';
import { links } from '../logic/links';

/** What the server refused, with all it said. */
export function Refusal({ error }: { error: Error }) {
  const api = error instanceof ApiError ? error : undefined;
  const isStale = api?.status === 412;
  return (
    <Alert
      variant={isStale ? 'warning' : 'danger'}
      isInline
      title={isStale ? 'The app changed in the meantime; this is its plan now' : error.message}
    >
      {api && <Details details={api.details} />}
      {api && api.deployments.length > 0 && (
        <p>
          A <Link to={links.deployments}>deployment</Link> of it is under way.
        </p>
      )}
    </Alert>
  );
}

/** The single faults of a request, each with its place. */
export function Details({ details }: { details: readonly FieldErrors[] }) {
  if (details.length === 0) return null;
  return (
    <ul>
      {details.flatMap((detail) =>
        detail.errors.map((text) => (
          <li key={detail.path + text}>
            <code>{detail.path}</code>: {text}
          </li>
        )),
      )}
    </ul>
  );
}
