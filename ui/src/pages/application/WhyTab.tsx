import { Alert, Card, CardBody, CardTitle, Content, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery, explanationQuery } from '../../api/queries';
import type { App, WaitingInstance } from '../../api/types';
import { AgentLink } from '../../components/links';
import { Loaded } from '../../components/Loaded';
import { RelativeTime } from '../../components/RelativeTime';
import { Sentence } from '../../components/Sentence';
import { useGrowingCount } from '../../components/useGrowingCount';
import { plural } from '../../logic/planText';
import { type WaitingGroup, waitingGroups, whoWaits } from '../../logic/waiting';
import { DeploymentCard } from '../deployments/DeploymentCard';

/** So many hints are told one by one; the table has all agents. */
const MOST_HINTS = 5;

/** Why an app is not (yet) as it is wanted, and what would help. */
export default function WhyTab({ app }: { app: App }) {
  const explanation = useQuery(explanationQuery(app.id));
  const deployments = (useQuery(deploymentsQuery).data ?? []).filter((deployment) =>
    deployment.affectedApps.includes(app.id),
  );
  const failure = app.lastTaskFailure;
  return (
    <Loaded query={explanation}>
      {(why) => (
        <div className="hp-stack">
          {why.settled && <Alert variant="success" isInline title="Everything is as wanted." />}
          {why.problems.map((problem) => (
            <Alert key={problem} variant="warning" isInline title={<Sentence text={problem} />} />
          ))}
          {deployments.map((deployment) => (
            <DeploymentCard key={deployment.id} deployment={deployment} />
          ))}
          {waitingGroups(why.waiting).map((group) => (
            <Waiting key={group.ordinals[0]} group={group} />
          ))}
          {failure && (
            <Alert
              variant={why.settled ? 'info' : 'warning'}
              isInline
              title={`The last task that failed: ${failure.state} on ${failure.host}`}
            >
              {failure.message || 'It said nothing.'} <RelativeTime at={failure.timestamp} />
            </Alert>
          )}
        </div>
      )}
    </Loaded>
  );
}

function Waiting({ group }: { group: WaitingGroup }) {
  const waiting = group.example;
  const more = waiting.wouldFit.length - MOST_HINTS;
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {whoWaits(group.ordinals)} since <RelativeTime at={group.since} />
      </CardTitle>
      <CardBody>
        <div className="hp-stack">
          <Content component="p">
            <Sentence text={waiting.reason} />
          </Content>
          {waiting.wouldFit.length > 0 && (
            <div>
              <strong>What would make it fit</strong>
              <List>
                {waiting.wouldFit.slice(0, MOST_HINTS).map((text) => (
                  <ListItem key={text}>{text}</ListItem>
                ))}
                {more > 0 && <ListItem>and {plural(more, 'other agent')} likewise</ListItem>}
              </List>
            </div>
          )}
          <Conditions waiting={waiting} />
        </div>
      </CardBody>
    </Card>
  );
}

/** Every agent with every condition that it does not meet. */
function Conditions({ waiting }: { waiting: WaitingInstance }) {
  const { count, end } = useGrowingCount(waiting.agents.length);
  if (waiting.agents.length === 0) return null;
  return (
    <>
      <div
        className="hp-scroll-x"
        tabIndex={0}
        role="group"
        aria-label="Agents and unmet conditions"
      >
        <table className="hp-table">
          <thead>
            <tr>
              <th>Agent</th>
              <th>Unmet condition</th>
              <th>Wanted</th>
              <th>Offered</th>
            </tr>
          </thead>
          <tbody>
            {waiting.agents.slice(0, count).flatMap((agent) =>
              (agent.unmet.length > 0 ? agent.unmet : [undefined]).map((unmet, index) => (
                <tr key={`${agent.agentId} ${index}`}>
                  <td>
                    {index === 0 && (
                      <>
                        <AgentLink id={agent.agentId} host={agent.host} />
                        {agent.status && agent.status !== 'active' && (
                          <span className="hp-quiet"> {agent.status}</span>
                        )}
                      </>
                    )}
                  </td>
                  <td>
                    {unmet ? <span title={unmet.reason}>{unmet.message}</span> : 'None: it fits'}
                  </td>
                  <td>{unmet?.wanted ?? ''}</td>
                  <td>{unmet?.offered ?? ''}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {end}
    </>
  );
}
