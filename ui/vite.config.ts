import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leanPatternFly } from './scripts/lean-patternfly.ts';

const url = process.env.HOMEPORT_URL ?? 'http://127.0.0.1:8080';
// The server refuses changes that come from pages of other sites.
const server = {
  target: url,
  changeOrigin: true,
  headers: { Origin: url, 'Sec-Fetch-Site': 'same-origin' },
};

export default defineConfig({
  base: '/ui/',
  plugins: [leanPatternFly(), react()],
  build: {
    target: 'es2022',
    // The server's content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    // While developing, `npm run dev` serves the UI and asks a running Homeport for everything else.
    proxy: {
      '/v2': server,
      '/ping': server,
      '/login': server,
      '/logout': server,
      '/openapi.json': server,
    },
  },
});
