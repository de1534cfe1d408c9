import pg from 'pg';
// Not through the rooms' indexes: they bring decorators, which Node does not run as they are.
import { openKafkaPublisher } from '../../libs/feed/src/kafka/kafka-publisher.ts';
import { startRelay } from '../../libs/feed/src/relay/relay.ts';
import { openLedger } from '../../libs/ledger/src/postgres-ledger.ts';

/**
 * A relay as a process of its own, so that a test can freeze it. It tells its parent when it leads, and when it has
 * lost the lead.
 */
const { brokers, topic, databaseUrl, holder, leaseMs } = JSON.parse(
  process.argv[2] ?? '{}',
) as RelayProcessSettings;

export interface RelayProcessSettings {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly databaseUrl: string;
  readonly holder: string;
  readonly leaseMs: number;
}

const tell = (message: string): void => void process.send?.(message);
const log = {
  debug: () => undefined,
  info: (_facts: object, message: string) => {
    tell(message);
  },
  warn: (facts: { err?: { code?: string } }, message: string) => {
    tell(`${facts.err?.code ?? ''} ${message}`);
  },
  error: () => undefined,
};
const pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
const connection = {
  brokers,
  topic,
  clientId: holder,
  replicationFactor: 1,
  retentionMs: 3_600_000,
  pool,
  log,
};

startRelay({
  ledger: openLedger({ pool }),
  pool,
  publisher: openKafkaPublisher(connection),
  holder,
  leaseMs,
  log,
  batchEventsMax: 10,
});
