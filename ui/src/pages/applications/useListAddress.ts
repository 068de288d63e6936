import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type Filter, NO_FILTER, SORT_COLUMNS, type Sort } from '../../logic/appList';

export type ListAddress = {
  folder: string;
  filter: Filter;
  isFlat: boolean;
  sort: Sort;
  setFilter: (filter: Filter | undefined) => void;
  setFlat: (flat: boolean) => void;
  setSort: (sort: Sort) => void;
};

/** Folder, filters and sorting stand in the page's address, so that a view can be kept and sent. */
export function useListAddress(): ListAddress {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  return useMemo(() => {
    const read = new URLSearchParams(text);
    const change = (edit: (next: URLSearchParams) => void, replace: boolean) => {
      const next = new URLSearchParams(text);
      edit(next);
      setParameters(next, { replace });
    };
    return {
      folder: read.get('folder') ?? '',
      filter: filterOf(read),
      isFlat: read.get('view') === 'all',
      sort: sortOf(read.get('sort')),
      setFilter: (filter) => change((next) => writeFilter(next, filter ?? NO_FILTER), true),
      setFlat: (flat) =>
        change((next) => (flat ? next.set('view', 'all') : next.delete('view')), true),
      setSort: (sort) =>
        change((next) => next.set('sort', (sort.descending ? '-' : '') + sort.column), true),
    };
  }, [text, setParameters]);
}

function filterOf(read: URLSearchParams): Filter {
  return {
    search: read.get('search') ?? '',
    statuses: read.getAll('status'),
    healths: read.getAll('health'),
    labels: read.getAll('label'),
    withVolumes: read.has('volumes'),
  };
}

function writeFilter(next: URLSearchParams, filter: Filter): void {
  for (const name of ['search', 'status', 'health', 'label', 'volumes']) next.delete(name);
  if (filter.search !== '') next.set('search', filter.search);
  filter.statuses.forEach((status) => next.append('status', status));
  filter.healths.forEach((health) => next.append('health', health));
  filter.labels.forEach((label) => next.append('label', label));
  if (filter.withVolumes) next.set('volumes', 'yes');
}

function sortOf(text: string | null): Sort {
  const descending = text?.startsWith('-') === true;
  const name = descending ? text?.slice(1) : text;
  const column = SORT_COLUMNS.find((known) => known === name);
  return column ? { column, descending } : { column: 'name', descending: false };
}
