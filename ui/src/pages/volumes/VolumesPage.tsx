import {
  Card,
  CardBody,
  PageSection,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { volumesQuery } from '../../api/queries';
import type { Volume } from '../../api/types';
import { ChoiceMenu } from '../../components/ChoiceMenu';
import { Loaded, Nothing } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import { useAddress } from '../../components/useAddress';
import { plural } from '../../logic/planText';
import { formatBytes, formatCores, formatMib } from '../../logic/sizes';
import { heldBack, VOLUME_STATUSES } from '../../logic/volumes';
import { VolumeTable } from './VolumeTable';

/** All volumes, across apps. */
export default function VolumesPage() {
  const volumes = useQuery(volumesQuery);
  const [parameters, change] = useAddress();
  const search = parameters.get('search') ?? '';
  const statuses = parameters.getAll('status');
  const toggle = (status: string) =>
    change((next) =>
      next.has('status', status) ? next.delete('status', status) : next.append('status', status),
    );
  const fits = (volume: Volume) =>
    (statuses.length === 0 || statuses.includes(volume.status)) &&
    `${volume.id} ${volume.appId} ${volume.host}`.toLowerCase().includes(search.toLowerCase());
  return (
    <>
      <PageHeader title="Volumes" />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={volumes}>
          {(all) =>
            all.length === 0 ? (
              <Nothing title="No volumes">
                Volumes are made for applications that have them in their definition. They outlive
                tasks, restarts and this server.
              </Nothing>
            ) : (
              <div className="hp-stack">
                <HeldBack volumes={all} />
                <Toolbar>
                  <ToolbarContent>
                    <ToolbarItem className="hp-wide-search">
                      <SearchInput
                        aria-label="Search volumes"
                        placeholder="Search by id, application or agent"
                        value={search}
                        onChange={(_event, value) =>
                          change((next) =>
                            value === '' ? next.delete('search') : next.set('search', value),
                          )
                        }
                        onClear={() => change((next) => next.delete('search'))}
                      />
                    </ToolbarItem>
                    <ToolbarItem>
                      <ChoiceMenu
                        title="Status"
                        choices={VOLUME_STATUSES}
                        chosen={statuses}
                        onToggle={toggle}
                      />
                    </ToolbarItem>
                  </ToolbarContent>
                </Toolbar>
                <Shown volumes={all.filter(fits)} />
              </div>
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}

function Shown({ volumes }: { volumes: Volume[] }) {
  return volumes.length === 0 ? (
    <Nothing title="No volume fits">Change the search or the status.</Nothing>
  ) : (
    <VolumeTable volumes={volumes} label="Volumes" showsApp />
  );
}

/** What volumes that no task uses keep from others. */
function HeldBack({ volumes }: { volumes: readonly Volume[] }) {
  const held = heldBack(volumes);
  if (held.count === 0) return null;
  return (
    <Card isCompact>
      <CardBody>
        <strong>{plural(held.count, 'volume')} without a task</strong>{' '}
        {held.count === 1 ? 'holds' : 'hold'} back {formatMib(held.size)} of disk (
        {formatBytes(held.usedBytes)} in use), {formatCores(held.cpus)} CPUs, {formatMib(held.mem)}{' '}
        of memory and {plural(held.ports, 'port')}. Scaling up takes detached ones back; destroying
        them frees this.
      </CardBody>
    </Card>
  );
}
