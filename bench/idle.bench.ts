/**
 * What each process costs while nothing happens. Run after `npm run build`, on Linux:
 * `node --conditions=default bench/idle.bench.ts [seconds]`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startBroker } from '../test/kafka/broker/broker.ts';
import { deployServices, deployStandalone, type Deployment } from './deployment.ts';
import { coreCount, loadNow } from './machine.ts';
import { cpuSecondsOf, rssMegabytesOf } from './process-figures.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { printTable } from './table.ts';

const seconds = Number(process.argv[2] ?? 20);
/** Until what the start left behind is done: compiling, garbage, the first rebalance. */
const settleMs = 10_000;

type Row = (string | number)[];

const postgres = await scratchPostgres();
try {
  console.error('starting standalone');
  const rows = await idle(await deployStandalone(await postgres.database('standalone')));
  console.error('starting Kafka and the services');
  const broker = await startBroker();
  try {
    rows.push(...(await idle(await deployServices(await postgres.database('services'), broker.brokers))));
  } finally {
    await broker.stop();
  }
  printTable(
    `Idle for ${seconds} s (CPU of one core of ${coreCount}, load ${loadNow()})`,
    ['', 'CPU %', 'aim', 'RSS MB', 'aim'],
    rows,
  );
} finally {
  await postgres.stop();
}

async function idle(deployment: Deployment): Promise<Row[]> {
  try {
    console.error(`resting: ${[...deployment.processes.keys()].join(', ')}`);
    await pause(settleMs);
    const before = await cpuOf(deployment);
    const startedAt = performance.now();
    await pause(seconds * 1_000);
    const after = await cpuOf(deployment);
    const elapsed = (performance.now() - startedAt) / 1_000;
    return await Promise.all(
      [...deployment.processes].map(async ([app, { pid }]) => {
        const used = (after.get(app) ?? 0) - (before.get(app) ?? 0);
        return [app, (used * 100) / elapsed, '≤ 2', await rssMegabytesOf(pid), '≤ 256'];
      }),
    );
  } finally {
    await deployment.stop();
  }
}

async function cpuOf({ processes }: Deployment): Promise<ReadonlyMap<string, number>> {
  const figures = [...processes].map(async ([app, { pid }]) => [app, await cpuSecondsOf(pid)] as const);
  return new Map(await Promise.all(figures));
}
