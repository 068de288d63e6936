import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect, useRef } from 'react';
import { Route, Routes, useLocation, useNavigate } from 'react-router';
import { whenLoginNeeded } from '../api/http';
import { useLive } from '../api/LiveContext';
import { sessionQuery } from '../api/queries';
import { Missing } from '../components/Loaded';
import { links } from '../logic/links';
import ApplicationsPage from '../pages/applications/ApplicationsPage';
import type { LoginState } from '../pages/login/LoginPage';
import { Shell } from './Shell';

const ApplicationPage = lazy(() => import('../pages/application/ApplicationPage'));
const EditorPage = lazy(() => import('../pages/editor/EditorPage'));
const VolumesPage = lazy(() => import('../pages/volumes/VolumesPage'));
const VolumePage = lazy(() => import('../pages/volumes/VolumePage'));
const TaskPage = lazy(() => import('../pages/tasks/TaskPage'));
const AgentsPage = lazy(() => import('../pages/agents/AgentsPage'));
const AgentPage = lazy(() => import('../pages/agents/AgentPage'));
const DeploymentsPage = lazy(() => import('../pages/deployments/DeploymentsPage'));
const EventsPage = lazy(() => import('../pages/events/EventsPage'));
const AboutPage = lazy(() => import('../pages/about/AboutPage'));
const LoginPage = lazy(() => import('../pages/login/LoginPage'));

export function App() {
  useLoginWhenNeeded();
  return (
    <Routes>
      <Route path={links.login} element={<LoginPage />} />
      <Route element={<Shell />}>
        <Route index element={<ApplicationsPage />} />
        <Route path="apps/*" element={<ApplicationPage />} />
        <Route path="create" element={<EditorPage />} />
        <Route path="edit/*" element={<EditorPage />} />
        <Route path="volumes" element={<VolumesPage />} />
        <Route path="volumes/:id" element={<VolumePage />} />
        <Route path="tasks/:id" element={<TaskPage />} />
        <Route path="agents" element={<AgentsPage />} />
        <Route path="agents/:id" element={<AgentPage />} />
        <Route path="deployments" element={<DeploymentsPage />} />
        <Route path="events" element={<EventsPage />} />
        <Route path="about" element={<AboutPage />} />
        <Route path="*" element={<Missing what="This page" />} />
      </Route>
    </Routes>
  );
}

/** Follows the stream while logged in; goes to the login page, and back from it, where needed. */
function useLoginWhenNeeded(): void {
  const live = useLive();
  const navigate = useNavigate();
  const location = useLocation();
  const queries = useQueryClient();
  const atLogin = location.pathname === links.login;
  const session = useQuery(sessionQuery);
  const needed = session.data?.loginRequired === true;
  const left = session.data?.left === true;
  const wasIn = useRef(false);

  useEffect(() => {
    whenLoginNeeded(() => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }));
  }, [queries]);

  useEffect(() => {
    if (session.data?.authenticated) wasIn.current = true;
  }, [session.data]);

  useEffect(() => {
    if (needed && !atLogin) {
      const from = location.pathname + location.search;
      const state: LoginState = { from, hasEnded: wasIn.current && !left };
      wasIn.current = false;
      void navigate(links.login, { replace: true, state });
    }
  }, [needed, left, atLogin, location, navigate]);

  const follow = !atLogin && session.isFetched && !needed;
  useEffect(() => {
    if (!follow) return;
    live.start();
    return () => live.stop();
  }, [live, follow]);
}
