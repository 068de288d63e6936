import { useMemo } from 'react';
import { useAddress } from '../../components/useAddress';
import { type Filter, NO_FILTER, SORT_COLUMNS, type Sort } from '../../logic/appList';

export type ListAddress = {
  folder: string;
  filter: Filter;
  isFlat: boolean;
  sort: Sort;
  /** Changes the filter as it is now, which may be newer than the one that was rendered. */
  changeFilter: (edit: (now: Filter) => Filter) => void;
  clearFilter: () => void;
  setFlat: (flat: boolean) => void;
  setSort: (sort: Sort) => void;
};

/** Folder, filters and sorting stand in the page's address, so that a view can be kept and sent. */
export function useListAddress(): ListAddress {
  const [parameters, change] = useAddress();
  const text = parameters.toString();
  return useMemo(() => {
    const read = new URLSearchParams(text);
    return {
      folder: read.get('folder') ?? '',
      filter: filterOf(read),
      isFlat: read.get('view') === 'all',
      sort: sortOf(read.get('sort')),
      changeFilter: (edit) => change((next) => writeFilter(next, edit(filterOf(next)))),
      clearFilter: () => change((next) => writeFilter(next, NO_FILTER)),
      setFlat: (flat) => change((next) => (flat ? next.set('view', 'all') : next.delete('view'))),
      setSort: (sort) =>
        change((next) => next.set('sort', (sort.descending ? '-' : '') + sort.column)),
    };
  }, [text, change]);
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
