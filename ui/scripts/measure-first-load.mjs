// Says what the first view of the UI loads, compressed, and fails above the limit: index.html, what
// it names, and what those scripts import. The list of applications is among them.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const LIMIT = 300_000;
const dist = new URL('../dist', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

const files = new Set(['index.html', 'theme.js', 'homeport.svg']);
const seen = new Set();
function add(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  files.add(chunk.file);
  (chunk.css ?? []).forEach((css) => files.add(css));
  (chunk.imports ?? []).forEach(add);
}
add('index.html');
let total = 0;
const sizes = [...files].map((file) => {
  const path = join(dist, file);
  const size = statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size;
  total += size;
  return [size, basename(file)];
});
sizes.sort((a, b) => b[0] - a[0]);
for (const [size, name] of sizes) console.log(`${String(size).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  bytes in all; the limit is ${LIMIT}`);
process.exit(total > LIMIT ? 1 : 0);
