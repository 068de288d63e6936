import { Breadcrumb, BreadcrumbItem, Button } from '@patternfly/react-core';
import DownloadIcon from '@patternfly/react-icons/dist/esm/icons/download-icon';
import FileIcon from '@patternfly/react-icons/dist/esm/icons/file-icon';
import FolderIcon from '@patternfly/react-icons/dist/esm/icons/folder-icon';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { contentUrl, filesQuery } from '../../api/queries';
import type { FileEntry } from '../../api/types';
import { formatBytes } from '../../logic/sizes';
import { type Column, DataTable } from '../DataTable';
import { Loaded, Nothing } from '../Loaded';
import { RelativeTime } from '../RelativeTime';

/** The files of a volume or sandbox, read only. The directory stands in the page's address. */
export function FileBrowser({ place, label }: { place: string; label: string }) {
  const [parameters, setParameters] = useSearchParams();
  const path = parameters.get('path') ?? '';
  const files = useQuery(filesQuery(place, path));
  const open = (directory: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (directory === '') next.delete('path');
      else next.set('path', directory);
      return next;
    });
  const parts = path.split('/').filter((part) => part !== '');
  return (
    <section aria-label={label}>
      <div className="hp-files-head">
        <Breadcrumb aria-label="Directory" className="hp-breadcrumb">
          <BreadcrumbItem isActive={parts.length === 0}>
            <Button variant="link" isInline onClick={() => open('')}>
              {label}
            </Button>
          </BreadcrumbItem>
          {parts.map((part, index) => (
            <BreadcrumbItem key={index} isActive={index === parts.length - 1}>
              <Button
                variant="link"
                isInline
                onClick={() => open(parts.slice(0, index + 1).join('/'))}
              >
                {part}
              </Button>
            </BreadcrumbItem>
          ))}
        </Breadcrumb>
        <Button
          variant="secondary"
          size="sm"
          isLoading={files.isFetching}
          onClick={() => void files.refetch()}
        >
          Refresh
        </Button>
      </div>
      <Loaded query={files} missing="This directory">
        {(entries) =>
          entries.length === 0 ? (
            <Nothing title="Empty" />
          ) : (
            <DataTable
              label={label}
              columns={columnsOf(place, open)}
              rows={entries}
              rowKey={(entry) => entry.path}
              defaultSort={{ key: 'name', descending: false }}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function columnsOf(place: string, open: (path: string) => void): Column<FileEntry>[] {
  return [
    {
      key: 'name',
      title: 'Name',
      sortBy: (entry) => `${entry.kind === 'directory' ? 0 : 1} ${entry.name}`,
      cell: (entry) => <Name entry={entry} place={place} open={open} />,
    },
    {
      key: 'size',
      title: 'Size',
      numeric: true,
      descendingFirst: true,
      sortBy: (entry) => entry.size,
      cell: (entry) => (entry.kind === 'file' ? formatBytes(entry.size) : ''),
    },
    {
      key: 'modified',
      title: 'Modified',
      descendingFirst: true,
      sortBy: (entry) => entry.modifiedAt,
      cell: (entry) => <RelativeTime at={entry.modifiedAt} />,
    },
    { key: 'owner', title: 'Owner', sortBy: (entry) => entry.owner, cell: (entry) => entry.owner },
    { key: 'mode', title: 'Mode', cell: (entry) => <code>{entry.mode}</code> },
  ];
}

function Name(props: { entry: FileEntry; place: string; open: (path: string) => void }) {
  const { entry, place, open } = props;
  switch (entry.kind) {
    case 'directory':
      return (
        <Button variant="link" isInline icon={<FolderIcon />} onClick={() => open(entry.path)}>
          {entry.name}
        </Button>
      );
    case 'file':
      return (
        <a href={contentUrl(place, entry.path)} download={entry.name} className="hp-file">
          <FileIcon /> {entry.name} <DownloadIcon className="hp-quiet" aria-label="Download" />
        </a>
      );
    case 'other':
      return <span className="hp-quiet">{entry.name} (neither file nor directory)</span>;
  }
}
