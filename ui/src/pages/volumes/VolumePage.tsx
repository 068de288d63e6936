import {
  Button,
  Card,
  CardBody,
  CardTitle,
  ClipboardCopy,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  PageSection,
  Tooltip,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { volumeHistoryQuery, volumePath, volumeQuery } from '../../api/queries';
import type { Volume, VolumeUse } from '../../api/types';
import { type Column, DataTable } from '../../components/DataTable';
import { FileBrowser } from '../../components/files/FileBrowser';
import { AgentLink, AppLink } from '../../components/links';
import { Loaded, Nothing } from '../../components/Loaded';
import { VolumeStatusLabel } from '../../components/labels';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { VolumeUsage } from '../../components/UsageBar';
import { shortInstance } from '../../logic/ids';
import { taskStateText } from '../../logic/instances';
import { links } from '../../logic/links';
import { formatCores, formatMib } from '../../logic/sizes';
import { isAdoptable, isDestroyable, trendText, whyNotDestroyable } from '../../logic/volumes';
import { type VolumeAction, VolumeActionDialog } from './VolumeActionDialog';

/** One volume: all that is known of it, its files, and what can be done with it. */
export default function VolumePage() {
  const id = useParams()['id'] ?? '';
  const volume = useQuery(volumeQuery(id));
  const [action, setAction] = useState<VolumeAction>();
  const known = volume.data;
  return (
    <>
      <PageHeader
        title={id}
        crumbs={[{ text: 'Volumes', to: links.volumes }]}
        labels={known && <VolumeStatusLabel status={known.status} />}
        actions={known && <Actions volume={known} onAction={setAction} />}
      />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={volume} missing={`The volume ${id}`}>
          {(one) => (
            <div className="hp-stack">
              <Card isCompact>
                <CardTitle component="h2">Details</CardTitle>
                <CardBody>
                  <Details volume={one} />
                </CardBody>
              </Card>
              <Card isCompact>
                <CardTitle component="h2">Files</CardTitle>
                <CardBody>
                  <FileBrowser place={volumePath(id)} label={one.containerPath} />
                </CardBody>
              </Card>
              <Card isCompact>
                <CardTitle component="h2">History</CardTitle>
                <CardBody>
                  <History volume={one} />
                </CardBody>
              </Card>
            </div>
          )}
        </Loaded>
      </PageSection>
      {action && <VolumeActionDialog action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}

function Actions(props: { volume: Volume; onAction: (action: VolumeAction) => void }) {
  const { volume, onAction } = props;
  const reason = whyNotDestroyable(volume);
  const destroy = (
    <Button
      variant="danger"
      isAriaDisabled={!isDestroyable(volume)}
      onClick={() => onAction({ kind: 'destroy', volume })}
    >
      Destroy
    </Button>
  );
  return (
    <>
      {isAdoptable(volume) && (
        <Button variant="secondary" onClick={() => onAction({ kind: 'adopt', volume })}>
          Adopt
        </Button>
      )}
      {reason ? <Tooltip content={reason}>{destroy}</Tooltip> : destroy}
    </>
  );
}

function Details({ volume }: { volume: Volume }) {
  const { reserved } = volume;
  const trend = trendText(volume);
  return (
    <DescriptionList isCompact columnModifier={{ default: '1Col', md: '2Col', xl: '3Col' }}>
      <Fact name="Application">
        <AppLink id={volume.appId} />
      </Fact>
      <Fact name="Instance">
        {volume.ordinal}
        {volume.instanceId && (
          <span className="hp-quiet" title={volume.instanceId}>
            {' '}
            {shortInstance(volume.instanceId)}
          </span>
        )}
      </Fact>
      <Fact name="Task">
        {volume.taskId ? (
          <Link to={links.task(volume.taskId)} className="hp-id">
            {volume.taskId}
          </Link>
        ) : (
          'None now'
        )}
      </Fact>
      <Fact name="Status">
        {volume.status} since <RelativeTime at={volume.since} />
        {volume.why && <div className="hp-quiet">{volume.why}</div>}
      </Fact>
      <Fact name="Agent">
        <AgentLink id={volume.agentId} host={volume.host} />
      </Fact>
      <Fact name="Container path">
        <code>{volume.containerPath}</code>, {volume.mode}
      </Fact>
      <Fact name="Type">{volume.type}</Fact>
      <Fact name="Used">
        <VolumeUsage usedBytes={volume.usedBytes} size={volume.size} />
        {volume.usageMeasuredAt && (
          <span className="hp-quiet hp-small">
            measured <RelativeTime at={volume.usageMeasuredAt} />
            {trend && `, ${trend}`}
          </span>
        )}
      </Fact>
      <Fact name="Created">
        {volume.createdAt ? <RelativeTime at={volume.createdAt} /> : 'Not known'}
      </Fact>
      <Fact name="Last used">
        <RelativeTime at={volume.lastUsedAt} />
      </Fact>
      <Fact name="Reserved with it">
        {formatCores(reserved.cpus)} CPUs, {formatMib(reserved.mem)} memory,{' '}
        {formatMib(reserved.disk)} disk
        {reserved.ports.length > 0 &&
          `, ${reserved.ports.length === 1 ? 'port' : 'ports'} ${reserved.ports.join(', ')}`}
      </Fact>
      {volume.location && (
        <Fact name="Path on the agent">
          <ClipboardCopy
            isReadOnly
            hoverTip="Copy"
            clickTip="Copied"
            textAriaLabel="Path on the agent"
          >
            {volume.location}
          </ClipboardCopy>
        </Fact>
      )}
    </DescriptionList>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

/** Which tasks had the volume when, as far back as its agent remembers. */
function History({ volume }: { volume: Volume }) {
  const history = useQuery(volumeHistoryQuery(volume.id));
  return (
    <Loaded query={history}>
      {(uses) =>
        uses.length === 0 ? (
          <Nothing title="Its agent remembers no task that had it" />
        ) : (
          <DataTable
            label="History"
            columns={HISTORY}
            rows={uses}
            rowKey={(use) => use.taskId}
            defaultSort={{ key: 'from', descending: true }}
          />
        )
      }
    </Loaded>
  );
}

const HISTORY: Column<VolumeUse>[] = [
  {
    key: 'task',
    title: 'Task',
    sortBy: (use) => use.taskId,
    cell: (use) => (
      <Link to={links.task(use.taskId)} className="hp-id">
        {use.taskId}
      </Link>
    ),
  },
  {
    key: 'from',
    title: 'Attached',
    descendingFirst: true,
    sortBy: (use) => use.from,
    cell: (use) => <RelativeTime at={use.from} />,
  },
  {
    key: 'to',
    title: 'Until',
    sortBy: (use) => use.to ?? '9',
    cell: (use) => (use.to ? <RelativeTime at={use.to} /> : 'now'),
  },
  {
    key: 'state',
    title: 'Ended as',
    sortBy: (use) => use.state,
    cell: (use) => (use.to ? taskStateText(use.state) : ''),
  },
];
