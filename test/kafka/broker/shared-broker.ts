import { type Broker, startBroker } from './broker.ts';

let own: Broker | null = null;

/** For Jest's globalSetup: one broker for the whole run, handed to the test files in `TEST_KAFKA_BROKERS`. */
export async function setupKafka(): Promise<void> {
  const given = process.env['KAFKA_BROKERS'];
  if (given === undefined || given === '') own = await startBroker();
  process.env['TEST_KAFKA_BROKERS'] = own === null ? given : own.brokers.join(',');
}

export async function teardownKafka(): Promise<void> {
  await own?.stop();
  own = null;
}

/** The broker that the test files of one run share; a file keeps to topics with a prefix of its own. */
export function sharedBroker(): string[] {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  if (brokers === undefined)
    throw new Error('No broker: this suite needs the globalSetup of the Kafka tests');
  return brokers.split(',');
}
