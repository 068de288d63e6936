import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  PageToggleButton,
} from '@patternfly/react-core';
import MoonIcon from '@patternfly/react-icons/dist/esm/icons/moon-icon';
import SunIcon from '@patternfly/react-icons/dist/esm/icons/sun-icon';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { request } from '../api/http';
import { sessionQuery } from '../api/queries';
import type { Session } from '../api/types';
import { Brand } from './Brand';
import { ConnectionState } from './ConnectionState';
import { useTheme } from './useTheme';

export function Head(props: { isNavOpen: boolean; onToggleNav: () => void }) {
  const [isDark, setDark] = useTheme();
  return (
    <Masthead display={{ default: 'inline' }}>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton
            isHamburgerButton
            aria-label="Navigation"
            isSidebarOpen={props.isNavOpen}
            onSidebarToggle={props.onToggleNav}
          />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo
            component={(logo) => <Link {...logo} to="/" aria-label="Homeport, applications" />}
          >
            <Brand />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <div className="hp-head-tools">
          <ConnectionState />
          <Button
            variant="plain"
            aria-label={isDark ? 'Use light colours' : 'Use dark colours'}
            icon={isDark ? <SunIcon /> : <MoonIcon />}
            onClick={() => setDark(!isDark)}
          />
          <LogOut />
        </div>
      </MastheadContent>
    </Masthead>
  );
}

function LogOut() {
  const session = useQuery(sessionQuery);
  const queries = useQueryClient();
  const user = session.data?.user;
  if (!user) return null;
  const logOut = async () => {
    const over = await request<Session>('POST', '/logout');
    queries.setQueryData(sessionQuery.queryKey, { ...over, left: true });
    // What was read belongs to whoever was logged in.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
  return (
    <Button variant="link" title={`Logged in as ${user}`} onClick={() => void logOut()}>
      Log out
    </Button>
  );
}
