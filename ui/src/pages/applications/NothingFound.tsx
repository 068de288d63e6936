import { Button, EmptyState, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';

export function NothingFound(props: { isFiltering: boolean; onClear: () => void }) {
  return (
    <EmptyState
      titleText={props.isFiltering ? 'No application fits' : 'This folder is empty'}
      headingLevel="h2"
      icon={SearchIcon}
      variant="sm"
    >
      <EmptyStateBody>
        {props.isFiltering
          ? 'No id contains the search, or no application has what the filters ask for.'
          : 'A folder is there as long as an application is in it.'}
      </EmptyStateBody>
      {props.isFiltering && (
        <EmptyStateFooter>
          <Button variant="link" onClick={props.onClear}>
            Clear search and filters
          </Button>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}
