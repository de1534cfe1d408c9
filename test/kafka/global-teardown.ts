import teardownPostgres from '../harness/global-teardown.ts';
import { teardownKafka } from './broker/shared-broker.ts';

export default async function teardown(): Promise<void> {
  await Promise.all([teardownPostgres(), teardownKafka()]);
}
