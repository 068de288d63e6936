import '@patternfly/react-core/dist/styles/base.css';
import './app.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { askEarly } from './api/firstView';
import { ApiError } from './api/http';
import { LiveConnection } from './api/live';
import { LiveContext } from './api/LiveContext';
import { Notifications } from './components/notifications';
import { App } from './shell/App';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream says when something is out of date.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) =>
        failures < 1 && !(error instanceof ApiError && error.status < 500),
    },
  },
});
const BASE = '/ui/';
askEarly(queries, location.pathname.slice(BASE.length - 1));
const live = new LiveConnection(queries);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveContext value={live}>
        <BrowserRouter basename={BASE}>
          <Notifications>
            <App />
          </Notifications>
        </BrowserRouter>
      </LiveContext>
    </QueryClientProvider>
  </StrictMode>,
);
