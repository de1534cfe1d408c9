/**
 * From the sending of a statement until a query answers with it, on real processes. Run after `npm run build`:
 * `node --conditions=default bench/latency.bench.ts [seconds]`.
 */
import { startBroker } from '../test/kafka/broker/broker.ts';
import { watchEveryMs } from './checkpoint-watch.ts';
import { deployServices, deployStandalone, type Deployment } from './deployment.ts';
import { coreCount, loadNow } from './machine.ts';
import { notifyLatenciesMs } from './notify-limit.ts';
import { percentile } from './paced-load.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { StatementLoad } from './statement-load.ts';
import { printTable } from './table.ts';

const seconds = Number(process.argv[2] ?? 20);
const rates = [50, 200];
const warmUpSeconds = 5;

type Row = (string | number)[];

const postgres = await scratchPostgres();
try {
  const ledgerUrl = await postgres.database('through_ledger');
  console.error('starting standalone');
  const rows = await measured('ledger feed', await deployStandalone(ledgerUrl), ledgerUrl, '≤ 60');
  for (const rate of rates) {
    console.error(`bare NOTIFY at ${rate}/s`);
    rows.push(rowOf('bare NOTIFY', rate, await notifyLatenciesMs(ledgerUrl, rate, seconds), ''));
  }
  console.error('starting Kafka and the services');
  const broker = await startBroker();
  try {
    const kafkaUrl = await postgres.database('through_kafka');
    const services = await deployServices(kafkaUrl, broker.brokers);
    rows.push(...(await measured('Kafka feed', services, kafkaUrl, '≤ 150')));
  } finally {
    await broker.stop();
  }
  printTable(
    `Statement to queryable status, ${seconds} s at each rate, fsync on (ms; ${coreCount} cores)`,
    ['', 'statements/s', 'p50', 'p99', 'most', 'aim of p99', 'load'],
    rows,
  );
  console.log(
    `From the sending of the POST until one observer, which asks Postgres every ${watchEveryMs} ms, sees the checkpoint\n` +
      'that commits with the rows of the status; so up to about 3 ms of it is the measuring itself.',
  );
} finally {
  await postgres.stop();
}

async function measured(what: string, deployment: Deployment, url: string, aim: string): Promise<Row[]> {
  const load = new StatementLoad(deployment, url);
  try {
    await load.registerCorridors();
    console.error(`${what}: warming up`);
    await load.latenciesMs(100, warmUpSeconds);
    const rows: Row[] = [];
    for (const rate of rates) {
      console.error(`${what} at ${rate}/s`);
      rows.push(rowOf(what, rate, await load.latenciesMs(rate, seconds), aim));
    }
    return rows;
  } finally {
    await load.close();
    await deployment.stop();
  }
}

function rowOf(what: string, rate: number, sorted: readonly number[], aim: string): Row {
  return [what, rate, percentile(sorted, 50), percentile(sorted, 99), sorted.at(-1) ?? 0, aim, loadNow()];
}
