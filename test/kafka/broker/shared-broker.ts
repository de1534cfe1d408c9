import { type Broker, startBroker } from './broker.ts';

// Jest loads the teardown as a module world of its own, so what the setup started lies in the global scope.
const scope = globalThis as { corridorWatchTestBroker?: Broker };

/**
 * For Jest's globalSetup: one broker for the whole run, handed to the test files in `TEST_KAFKA_BROKERS`. Where none
 * can be had, each suite that asks for it fails with the reason, and the others run.
 */
export async function setupKafka(): Promise<void> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined && given !== '') {
    process.env['TEST_KAFKA_BROKERS'] = given;
    return;
  }
  try {
    scope.corridorWatchTestBroker = await startBroker();
    process.env['TEST_KAFKA_BROKERS'] = scope.corridorWatchTestBroker.brokers.join(',');
  } catch (error) {
    process.env['TEST_KAFKA_MISSING'] = error instanceof Error ? error.message : String(error);
  }
}

export async function teardownKafka(): Promise<void> {
  await scope.corridorWatchTestBroker?.stop();
  delete scope.corridorWatchTestBroker;
}

/**
 * The broker that the test files of one run share; a file keeps to topics with a prefix of its own.
 * @throws Error of one sentence that says what is missing
 */
export function sharedBroker(): string[] {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  if (brokers !== undefined) return brokers.split(',');
  throw new Error(
    process.env['TEST_KAFKA_MISSING'] ??
      'This suite needs the global setup of the Kafka tests (project "kafka")',
  );
}
