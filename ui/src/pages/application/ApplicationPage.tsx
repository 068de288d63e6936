import { Alert, PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { appQuery, explanationQuery, queueQuery } from '../../api/queries';
import type { App, Explanation } from '../../api/types';
import { Loaded, Loading } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import { Sentence } from '../../components/Sentence';
import { AppStatusLabel, HealthLabel } from '../../components/labels';
import { baseName, foldersAbove } from '../../logic/appList';
import { appHealth, appStatus, delayedApps } from '../../logic/appStatus';
import { type AppTab, links } from '../../logic/links';
import { AppActions } from './AppActions';
import { InstancesTab } from './InstancesTab';

const ConfigurationTab = lazy(() => import('./ConfigurationTab'));
const VolumesTab = lazy(() => import('./VolumesTab'));
const LogsTab = lazy(() => import('../../components/logs/LogsTab'));
const WhyTab = lazy(() => import('./WhyTab'));
const EventsTab = lazy(() => import('./EventsTab'));

const TABS: readonly { key: AppTab; title: string }[] = [
  { key: 'instances', title: 'Instances' },
  { key: 'configuration', title: 'Configuration' },
  { key: 'volumes', title: 'Volumes' },
  { key: 'logs', title: 'Logs' },
  { key: 'why', title: 'Why' },
  { key: 'events', title: 'Events' },
];

/** One application. */
export default function ApplicationPage() {
  const id = `/${useParams()['*'] ?? ''}`;
  const app = useQuery(appQuery(id));
  const explanation = useQuery(explanationQuery(id));
  const [parameters, setParameters] = useSearchParams();
  const tab = TABS.find(({ key }) => key === parameters.get('tab'))?.key ?? 'instances';
  const crumbs = [
    { text: 'Applications', to: links.applications },
    ...foldersAbove(id).map((folder) => ({ text: baseName(folder), to: links.folder(folder) })),
  ];
  return (
    <>
      <PageHeader
        title={baseName(id)}
        crumbs={crumbs}
        labels={app.data && <AppLabels app={app.data} />}
        actions={app.data && <AppActions app={app.data} />}
      />
      <Loaded query={app} missing={`The application ${id}`}>
        {(known) => (
          <>
            {app.isError && <Gone />}
            <WhyNot explanation={explanation.data} isHere={tab === 'why'} id={id} />
            <AppTabs tab={tab} onSelect={(key) => setParameters({ tab: key })} />
            <PageSection
              hasBodyWrapper={false}
              id={`tab-${tab}`}
              role="tabpanel"
              aria-label={TABS.find(({ key }) => key === tab)?.title}
            >
              <Suspense fallback={<Loading />}>
                <TabBody tab={tab} app={known} explanation={explanation.data} />
              </Suspense>
            </PageSection>
          </>
        )}
      </Loaded>
    </>
  );
}

function AppTabs({ tab, onSelect }: { tab: AppTab; onSelect: (tab: AppTab) => void }) {
  const row = useRef<HTMLDivElement>(null);
  // Where not all tabs fit, the chosen one is to be seen.
  useEffect(() => {
    row.current
      ?.querySelector('[aria-selected=true]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [tab]);
  return (
    <PageSection hasBodyWrapper={false} type="tabs" className="hp-tabs">
      <div ref={row}>
        <Tabs
          activeKey={tab}
          onSelect={(_event, key) => onSelect(key as AppTab)}
          aria-label="Views of the application"
        >
          {TABS.map(({ key, title }) => (
            <Tab
              key={key}
              eventKey={key}
              title={<TabTitleText>{title}</TabTitleText>}
              tabContentId={`tab-${key}`}
            />
          ))}
        </Tabs>
      </div>
    </PageSection>
  );
}

function TabBody(props: { tab: AppTab; app: App; explanation: Explanation | undefined }) {
  const { app, explanation } = props;
  switch (props.tab) {
    case 'instances':
      return <InstancesTab app={app} explanation={explanation} />;
    case 'configuration':
      return <ConfigurationTab app={app} />;
    case 'volumes':
      return <VolumesTab app={app} />;
    case 'logs':
      return <LogsTab appId={app.id} />;
    case 'why':
      return <WhyTab app={app} />;
    case 'events':
      return <EventsTab appId={app.id} />;
  }
}

function AppLabels({ app }: { app: App }) {
  const health = appHealth(app);
  const queue = useQuery({ ...queueQuery, enabled: app.homeport.waiting > 0 });
  return (
    <>
      <AppStatusLabel status={appStatus(app, delayedApps(queue.data ?? []))} />
      {health !== 'No checks' && <HealthLabel health={health} />}
    </>
  );
}

/** Says what is not as wanted, above every tab. */
function WhyNot(props: { explanation: Explanation | undefined; isHere: boolean; id: string }) {
  const { explanation } = props;
  if (!explanation || explanation.settled || props.isHere) return null;
  const isTrouble = explanation.waiting.length + explanation.problems.length > 0;
  return (
    <PageSection hasBodyWrapper={false} className="hp-notice">
      <Alert
        variant={isTrouble ? 'warning' : 'info'}
        isInline
        title={<Sentence text={explanation.summary || 'Something is not as wanted yet.'} />}
        actionLinks={<Link to={links.app(props.id, 'why')}>Why, in detail</Link>}
      />
    </PageSection>
  );
}

function Gone() {
  return (
    <PageSection hasBodyWrapper={false} className="hp-notice">
      <Alert variant="warning" isInline title="This is what was known last." />
    </PageSection>
  );
}
