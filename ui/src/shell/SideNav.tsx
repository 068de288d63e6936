import { Badge, Nav, NavItem, NavList, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { deploymentsQuery } from '../api/queries';
import { links } from '../logic/links';

const PAGES = [
  { to: links.applications, text: 'Applications', below: ['/apps', '/create', '/edit', '/tasks'] },
  { to: links.volumes, text: 'Volumes', below: [] },
  { to: links.agents, text: 'Agents', below: [] },
  { to: links.deployments, text: 'Deployments', below: [] },
  { to: links.events, text: 'Events', below: [] },
  { to: links.about, text: 'About', below: [] },
] as const;

export function SideNav({ isOpen }: { isOpen: boolean }) {
  const { pathname } = useLocation();
  const deployments = useQuery(deploymentsQuery).data?.length ?? 0;
  const isAt = (page: (typeof PAGES)[number]) =>
    pathname === page.to ||
    (page.to !== '/' && pathname.startsWith(`${page.to}/`)) ||
    page.below.some((path) => pathname === path || pathname.startsWith(`${path}/`));
  return (
    <PageSidebar isSidebarOpen={isOpen}>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>
            {PAGES.map((page) => (
              <NavItem key={page.to} isActive={isAt(page)}>
                <Link to={page.to} aria-current={isAt(page) ? 'page' : undefined}>
                  {page.text}
                  {page.to === links.deployments && deployments > 0 && (
                    <Badge screenReaderText="under way">{deployments}</Badge>
                  )}
                </Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}
