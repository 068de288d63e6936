import {
  Alert,
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  List,
  ListItem,
  PageSection,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { infoQuery } from '../../api/queries';
import type { Info } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import { Sentence } from '../../components/Sentence';

/** What this server is, and what it cannot do here. */
export default function AboutPage() {
  const info = useQuery(infoQuery);
  return (
    <>
      <PageHeader title="About" />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={info}>{(known) => <Server info={known} />}</Loaded>
      </PageSection>
    </>
  );
}

function Server({ info }: { info: Info }) {
  const ours = info.homeport;
  const role = info.marathon_config.mesos_role ?? '';
  const facts: [string, string][] = [
    ['Version', info.version],
    ['Engine', `${ours.engine}${ours.connected ? '' : ' (not connected)'}`],
    ['Leader', info.leader],
    ...(ours.servers ? [['Servers', ours.servers.join(', ')] as [string, string]] : []),
    ['Store', ours.store],
    ['Role', role],
    ['Framework id', info.frameworkId ?? 'none yet'],
    ['Installation', ours.installation],
    ['Sequence number of the state', String(ours.sequence)],
  ];
  return (
    <div className="hp-stack">
      {ours.readOnly && (
        <Alert variant="danger" isInline title={`It changes nothing now: ${ours.readOnly}`} />
      )}
      {ours.warnings.map((warning) => (
        <Alert key={warning} variant="warning" isInline title={<Sentence text={warning} />} />
      ))}
      <Card isCompact>
        <CardTitle component="h2">This server</CardTitle>
        <CardBody>
          <DescriptionList isCompact isHorizontal>
            {facts.map(([name, value]) => (
              <DescriptionListGroup key={name}>
                <DescriptionListTerm>{name}</DescriptionListTerm>
                <DescriptionListDescription className="hp-id">{value}</DescriptionListDescription>
              </DescriptionListGroup>
            ))}
          </DescriptionList>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">The role and its volumes</CardTitle>
        <CardBody>
          {ours.engine === 'local'
            ? `Resources are reserved for the role ${role}. Here nobody else shares it.`
            : `Resources are reserved for the role ${role}. Another framework with the same role may be offered this Homeport's volumes, so the role must be its own.`}
        </CardBody>
      </Card>
      {ours.limitations.length > 0 && (
        <Card isCompact>
          <CardTitle component="h2">What is not enforced here</CardTitle>
          <CardBody>
            <List>
              {ours.limitations.map((limitation) => (
                <ListItem key={limitation}>{limitation}</ListItem>
              ))}
            </List>
          </CardBody>
        </Card>
      )}
    </div>
  );
}
