/**
 * Replays a ledger beside the live projection and compares, in a process of its own so that its memory is its own:
 * `replay-beside-process.ts <database URL>` prints `Replayed` as JSON.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openLedger } from '#ledger';
import { createLogger, openPool } from '#platform';
import { readReplay, ReplayHost, requestReplay } from '#replay';
import { blockadeStatusRole } from '../apps/blockade-status/src/blockade-status.migrations.ts';
import { replayableStatus } from '../apps/blockade-status/src/replay/replayable-status.ts';
import type { Replayed } from './replay-process.ts';

const pool = openPool({
  databaseUrl: process.argv[2] ?? '',
  role: blockadeStatusRole,
  schema: 'blockade_status',
  applicationName: 'bench replay',
  connectionsMax: 5,
});
const ledger = openLedger({ pool });
const host = new ReplayHost({
  replayable: replayableStatus(),
  pool,
  ledger,
  log: createLogger('bench', 'info'),
  pollMs: 10,
  batchEventsMax: 2_000,
});
await host.onApplicationBootstrap();
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const id = await requestReplay(pool, ledger, { toPosition: null, switch: false, requestedBy: 'bench' });
let rebuiltAt: number | null = null;
for (;;) {
  const { state, parts } = await readReplay(pool, id);
  if (parts[0]?.state !== 'rebuilding' && parts[0]?.state !== 'waiting') rebuiltAt ??= performance.now();
  if (state === 'identical') break;
  if (state !== 'running') throw new Error(`The replay ended ${state}`);
  await pause(50);
}
const { user, system } = process.cpuUsage(cpuBefore);
console.error(`compared in ${((performance.now() - (rebuiltAt ?? 0)) / 1_000).toFixed(1)} s`);
const replayed: Replayed = {
  seconds: ((rebuiltAt ?? 0) - startedAt) / 1_000,
  cpuSeconds: (user + system) / 1_000_000,
  rssMegabytes: process.resourceUsage().maxRSS / 1_024,
};
await host.beforeApplicationShutdown();
await ledger.close();
await pool.end();
console.log(JSON.stringify(replayed));
