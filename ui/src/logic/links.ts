/** Where the pages are, below `/ui`. Everything has an address of its own. */

const encodeAll = (id: string) =>
  id
    .split('/')
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');

export type AppTab = 'instances' | 'configuration' | 'volumes' | 'logs' | 'why' | 'events';

export const links = {
  applications: '/',
  folder: (folder: string) => (folder === '' ? '/' : `/?folder=${encodeURIComponent(folder)}`),
  app: (id: string, tab?: AppTab, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...(tab ? { tab } : {}), ...more }).toString();
    return `/apps/${encodeAll(id)}${query ? `?${query}` : ''}`;
  },
  create: '/create',
  edit: (id: string) => `/edit/${encodeAll(id)}`,
  volumes: '/volumes',
  volume: (id: string) => `/volumes/${encodeURIComponent(id)}`,
  task: (id: string) => `/tasks/${encodeURIComponent(id)}`,
  agents: '/agents',
  agent: (id: string) => `/agents/${encodeURIComponent(id)}`,
  deployments: '/deployments',
  events: '/events',
  about: '/about',
  login: '/login',
} as const;
