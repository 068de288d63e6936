import { Alert, Card, CardBody, CardTitle, Content, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery, explanationQuery } from '../../api/queries';
import type { App, WaitingInstance } from '../../api/types';
import { AgentLink } from '../../components/links';
import { Loaded } from '../../components/Loaded';
import { RelativeTime } from '../../components/RelativeTime';
import { DeploymentCard } from '../deployments/DeploymentCard';

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
            <Alert key={problem} variant="warning" isInline title={problem} />
          ))}
          {deployments.map((deployment) => (
            <DeploymentCard key={deployment.id} deployment={deployment} />
          ))}
          {why.waiting.map((waiting) => (
            <Waiting key={waiting.instanceId} waiting={waiting} />
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

function Waiting({ waiting }: { waiting: WaitingInstance }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">
        Instance {waiting.ordinal} waits since <RelativeTime at={waiting.since} />
      </CardTitle>
      <CardBody>
        <div className="hp-stack">
          <Content component="p">{waiting.reason}</Content>
          {waiting.wouldFit.length > 0 && (
            <div>
              <strong>What would make it fit</strong>
              <List>
                {waiting.wouldFit.map((text) => (
                  <ListItem key={text}>{text}</ListItem>
                ))}
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
  if (waiting.agents.length === 0) return null;
  return (
    <div className="hp-scroll-x" tabIndex={0} role="group" aria-label="Agents and unmet conditions">
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
          {waiting.agents.flatMap((agent) =>
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
  );
}
