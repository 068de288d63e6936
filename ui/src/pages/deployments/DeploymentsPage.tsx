import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery } from '../../api/queries';
import { Loaded, Nothing } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import { DeploymentCard } from './DeploymentCard';

/** What is being changed right now. */
export default function DeploymentsPage() {
  const deployments = useQuery(deploymentsQuery);
  return (
    <>
      <PageHeader title="Deployments" />
      <PageSection hasBodyWrapper={false}>
        <Loaded query={deployments}>
          {(all) =>
            all.length === 0 ? (
              <Nothing title="No deployment is under way">
                Each change of an application is a deployment until all of its instances have
                followed.
              </Nothing>
            ) : (
              <div className="hp-stack">
                {all.map((deployment) => (
                  <DeploymentCard key={deployment.id} deployment={deployment} />
                ))}
              </div>
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}
