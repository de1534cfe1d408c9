/**
 * Replays a ledger into the projection, in a process of its own so that its memory is its own:
 * `replay-process.ts <database URL>` prints `Replayed` as JSON.
 */
import { openLedgerFeed } from '#feed';
import { openLedger } from '#ledger';
import { openPool } from '#platform';
import { runProjector } from '#projection';
import { blockadeStatusRole } from '../apps/blockade-status/src/blockade-status.migrations.ts';
import { corridorStatusProjector } from '../apps/blockade-status/src/corridor-status/corridor-status.projector.ts';
import { decisionsInLedger } from '../apps/blockade-status/src/corridor-status/decision.recorder.ts';

export interface Replayed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMegabytes: number;
}

const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts: object, message: string) => {
    console.error(message, facts);
  },
  // Whatever is parked is not replayed, and a figure without it would be a lie.
  error: (facts: object, message: string) => {
    console.error(message, facts);
    process.exit(1);
  },
};

const pool = openPool({
  databaseUrl: process.argv[2] ?? '',
  role: blockadeStatusRole,
  schema: 'blockade_status',
  applicationName: 'bench replay',
  connectionsMax: 10,
});
const ledger = openLedger({ pool });
const feed = openLedgerFeed({ ledger, pool, log, hint: ledger });
const { position: head } = await ledger.head();
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const caughtUp = Promise.withResolvers<undefined>();
let reported = 0;
const projection = await runProjector({
  projector: corridorStatusProjector(decisionsInLedger(ledger, log)),
  feed,
  pool,
  ledger,
  schema: 'blockade_status',
  log,
  onApplied: (_eventCount, through) => {
    if (through >= reported + 20_000) console.error(`at ${(reported = through)} of ${head}`);
    if (through >= head) caughtUp.resolve(undefined);
  },
});
await caughtUp.promise;
const seconds = (performance.now() - startedAt) / 1_000;
const { user, system } = process.cpuUsage(cpuBefore);
await projection.stop();
await feed.close();
await ledger.close();
await pool.end();
const replayed: Replayed = {
  seconds,
  cpuSeconds: (user + system) / 1_000_000,
  rssMegabytes: process.resourceUsage().maxRSS / 1_024,
};
console.log(JSON.stringify(replayed));
