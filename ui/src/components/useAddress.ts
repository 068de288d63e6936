import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

type Change = (edit: (next: URLSearchParams) => void) => void;

/**
 * What stands in the query of the page's address, and a way to change single parts of it. A change
 * starts from the address as it is, and not from what was rendered last: of two quick ones, the
 * second does not undo the first.
 */
export function useAddress(): [URLSearchParams, Change] {
  const [parameters, setParameters] = useSearchParams();
  const change = useCallback<Change>(
    (edit) => {
      const next = new URLSearchParams(window.location.search);
      edit(next);
      setParameters(next, { replace: true });
    },
    [setParameters],
  );
  return [parameters, change];
}
