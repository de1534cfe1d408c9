import setupPostgres from '../harness/global-setup.ts';
import { setupKafka } from './broker/shared-broker.ts';

export default async function setup(): Promise<void> {
  await Promise.all([setupPostgres(), setupKafka()]);
}
