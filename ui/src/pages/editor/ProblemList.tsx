import { Alert } from '@patternfly/react-core';
import { useEffect, useRef } from 'react';
import type { ApiError } from '../../api/http';
import { Details } from '../../components/Refusal';

/** All that the server refused, also where the form has no field for it. */
export function ProblemList({ error }: { error: ApiError }) {
  const place = useRef<HTMLDivElement>(null);
  // Where it appears may be out of sight; focus leads there, for screen readers too.
  useEffect(() => place.current?.focus(), [error]);
  const isConflict = error.status === 412;
  return (
    <div ref={place} tabIndex={-1}>
      <Alert
        variant="danger"
        isInline
        title={
          error.details.length > 0
            ? 'This cannot be applied as it is'
            : isConflict
              ? 'The app was changed by someone else since this editor was opened'
              : error.message
        }
      >
        <Details details={error.details} />
      </Alert>
    </div>
  );
}
