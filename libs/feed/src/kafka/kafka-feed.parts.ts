import { type Ledger } from '#ledger';
import { type Pool } from 'pg';
import { type CountFeed, type FeedLog } from '../feed.ts';
import { type KafkaConnection } from './kafka-client.ts';
import { type TopicSettings } from './topic.ts';

export interface KafkaFeedParts extends KafkaConnection, TopicSettings {
  /** Refills what the topic does not hold. */
  readonly ledger: Pick<Ledger, 'read' | 'head'>;
  /** Its role MUST be a member of `feedRole` and a reader of the ledger. */
  readonly pool: Pool;
  readonly log: FeedLog;
  readonly count?: CountFeed;
  readonly timing?: Partial<KafkaTiming>;
}

export interface KafkaTiming {
  /** How long a consumer that was killed keeps its lanes from the others. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly rebalanceTimeoutMs: number;
  /** How long one request for records may wait for some; bounds the time that `stop` takes. */
  readonly fetchWaitMs: number;
  /** Every so often the lanes are compared with what the relay has published. */
  readonly watchMs: number;
  /** A lane that stands still so long behind what is published is refilled from the ledger. */
  readonly stallMs: number;
  /** A lane that another instance took while the group gives it to us is taken back after so long. */
  readonly retakeMs: number;
  /** A client that says nothing for so long is replaced. */
  readonly stuckMs: number;
  readonly drainMs: number;
}

export const kafkaTiming: KafkaTiming = {
  sessionTimeoutMs: 10_000,
  heartbeatMs: 1_000,
  rebalanceTimeoutMs: 15_000,
  fetchWaitMs: 1_000,
  watchMs: 1_000,
  stallMs: 5_000,
  retakeMs: 3_000,
  stuckMs: 60_000,
  drainMs: 10_000,
};
