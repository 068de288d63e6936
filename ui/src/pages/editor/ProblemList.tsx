import { Alert } from '@patternfly/react-core';
import type { ApiError } from '../../api/http';
import { Details } from '../../components/Refusal';

/** All that the server refused, also where the form has no field for it. */
export function ProblemList({ error }: { error: ApiError }) {
  const isConflict = error.status === 412;
  return (
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
  );
}
