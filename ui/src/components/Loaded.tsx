import { Bullseye, Button, EmptyState, EmptyStateBody, Skeleton } from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/http';

/**
 * Shows what a query found. What was found before stays on the page while the server cannot be
 * reached; the head of the page says that it is old.
 */
export function Loaded<T>(props: {
  query: UseQueryResult<T>;
  children: (value: T) => ReactNode;
  /** What was looked for, when the server answers that it is not there. */
  missing?: string;
}) {
  const { query } = props;
  const gone = query.error instanceof ApiError && query.error.status === 404;
  if (gone && props.missing) return <Missing what={props.missing} />;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}

export function Loading() {
  return (
    <div aria-busy="true" className="hp-loading">
      <Skeleton width="60%" screenreaderText="Loading" />
      <Skeleton width="80%" />
      <Skeleton width="45%" />
    </div>
  );
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <Bullseye>
      <EmptyState
        titleText="This could not be loaded"
        headingLevel="h2"
        icon={ExclamationCircleIcon}
        status="danger"
        variant="sm"
      >
        <EmptyStateBody>{error.message}</EmptyStateBody>
        <Button variant="link" onClick={retry}>
          Try again
        </Button>
      </EmptyState>
    </Bullseye>
  );
}

export function Missing({ what }: { what: string }) {
  return (
    <Bullseye>
      <EmptyState
        titleText={`${what} is not here`}
        headingLevel="h2"
        icon={SearchIcon}
        variant="sm"
      >
        <EmptyStateBody>
          It does not exist, or not any more. What was deleted stays away from all lists.
        </EmptyStateBody>
      </EmptyState>
    </Bullseye>
  );
}

/** A short, quiet note in the place of an empty list. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <EmptyState titleText={title} headingLevel="h2" variant="xs">
      {children && <EmptyStateBody>{children}</EmptyStateBody>}
    </EmptyState>
  );
}
