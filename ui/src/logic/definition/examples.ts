/** What a new app starts from. */
import type { JsonObject } from './document';

export const BLANK: JsonObject = { id: '', cpus: 0.1, mem: 128, instances: 1 };

/** The example of the empty page: it counts on, across restarts, because its data stays. */
export const COUNTER: JsonObject = {
  id: '/examples/counter',
  cmd: 'n=$(cat data/count 2>/dev/null || echo 0); while :; do n=$((n + 1)); echo $n > data/count; echo "count $n"; sleep 2; done',
  cpus: 0.1,
  mem: 32,
  instances: 1,
  container: {
    type: 'MESOS',
    volumes: [{ containerPath: 'data', mode: 'RW', persistent: { size: 16 } }],
  },
};
