import { Button, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { appsQuery, queueQuery } from '../../api/queries';
import { Loaded } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import {
  type AppRow,
  allLabels,
  appRow,
  baseName,
  folderRows,
  foldersAbove,
  isFiltering,
  matches,
  sortRows,
} from '../../logic/appList';
import { delayedApps } from '../../logic/appStatus';
import { links } from '../../logic/links';
import type { OpenChange } from '../application/AppChangeDialog';
import { AppTable } from './AppTable';
import { FilterBar } from './FilterBar';
import { NoApplications } from './NoApplications';
import { NothingFound } from './NothingFound';
import { useListAddress } from './useListAddress';

const AppChangeDialog = lazy(() => import('../application/AppChangeDialog'));

/** All applications, by folder or as found by search and filters. */
export default function ApplicationsPage() {
  const apps = useQuery(appsQuery);
  const hasWaiting = apps.data?.some((app) => app.homeport.waiting > 0) === true;
  const queue = useQuery({ ...queueQuery, enabled: hasWaiting });
  const [change, setChange] = useState<OpenChange>();
  const address = useListAddress();
  const navigate = useNavigate();
  const { folder, filter } = address;

  const rows = useRows(apps.data, queue.data);
  const shown = useMemo(() => {
    const inFolder = folder === '' ? rows : rows.filter((row) => row.id.startsWith(`${folder}/`));
    const flat = isFiltering(filter) || address.isFlat;
    const list = flat
      ? inFolder.filter((row) => matches(row, filter))
      : folderRows(inFolder, folder);
    return { flat, rows: sortRows(list, address.sort) };
  }, [rows, folder, filter, address.isFlat, address.sort]);

  const crumbs =
    folder === ''
      ? []
      : [
          { text: 'Applications', to: links.applications },
          ...foldersAbove(folder).map((id) => ({ text: baseName(id), to: links.folder(id) })),
        ];
  return (
    <>
      <PageHeader
        title={folder === '' ? 'Applications' : baseName(folder)}
        crumbs={crumbs}
        actions={
          <Button onClick={() => void navigate(links.create, { state: { folder } })}>
            Create application
          </Button>
        }
      />
      <PageSection hasBodyWrapper={false} className="hp-list-section">
        <Loaded query={apps}>
          {(all) =>
            all.length === 0 ? (
              <NoApplications />
            ) : (
              <>
                <FilterBar address={address} labels={allLabels(all)} />
                {shown.rows.length === 0 ? (
                  <NothingFound isFiltering={isFiltering(filter)} onClear={address.clearFilter} />
                ) : (
                  <AppTable
                    rows={shown.rows}
                    showsPaths={shown.flat}
                    folder={folder}
                    sort={address.sort}
                    onSort={address.setSort}
                    onChange={setChange}
                  />
                )}
              </>
            )
          }
        </Loaded>
      </PageSection>
      {change && (
        <Suspense fallback={null}>
          <AppChangeDialog open={change} onClose={() => setChange(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** Rows that stay the same objects while their apps do, so that only changed ones render again. */
function useRows(
  apps: Parameters<typeof appRow>[0][] | undefined,
  queue: Parameters<typeof delayedApps>[0] | undefined,
): AppRow[] {
  const [cache] = useState(() => new Map<string, AppRow>());
  return useMemo(() => {
    const delayed = delayedApps(queue ?? []);
    const rows = (apps ?? []).map((app) => {
      const before = cache.get(app.id);
      const isSame = before?.app === app && (before.status === 'Delayed') === delayed.has(app.id);
      const row = isSame ? before : appRow(app, delayed);
      cache.set(app.id, row);
      return row;
    });
    return rows;
  }, [apps, queue, cache]);
}
