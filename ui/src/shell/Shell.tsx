import { Page, SkipToContent } from '@patternfly/react-core';
import { Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Loading } from '../components/Loaded';
import { DisconnectedBanner } from './DisconnectedBanner';
import { Head } from './Head';
import { Keyboard } from './Keyboard';
import { PageFault } from './PageFault';
import { SideNav } from './SideNav';
import { WarningsBanner } from './WarningsBanner';

const MAIN = 'main-content';

/** The frame around all pages. */
export function Shell() {
  const { pathname } = useLocation();
  const [isNavOpen, setNavOpen] = useState(wide());
  useEffect(() => {
    // On a narrow screen the navigation covers the page that was just chosen.
    if (!wide()) setNavOpen(false);
    document.getElementById(MAIN)?.scrollTo(0, 0);
  }, [pathname]);
  return (
    <Page
      mainContainerId={MAIN}
      mainTabIndex={0}
      masthead={<Head isNavOpen={isNavOpen} onToggleNav={() => setNavOpen(!isNavOpen)} />}
      sidebar={<SideNav isOpen={isNavOpen} />}
      skipToContent={
        <SkipToContent
          href={`#${MAIN}`}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(MAIN)?.focus();
          }}
        >
          Skip to content
        </SkipToContent>
      }
      banner={
        <>
          <DisconnectedBanner />
          <WarningsBanner />
        </>
      }
    >
      <PageFault key={pathname}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </PageFault>
      <Keyboard />
    </Page>
  );
}

function wide(): boolean {
  return matchMedia('(min-width: 75rem)').matches;
}
