import { type RecordedEvent } from '#events';

/**
 * The transport between the services. The ledger is the truth; a feed only carries it, so it may repeat, lose,
 * or reorder on its way, and still every subscriber sees each event of a lane at least once and in order.
 */
export interface Feed {
  /**
   * Starts a named consumer. Instances that subscribe under one name share the lanes between them; within one
   * feed a name MUST be subscribed once at a time.
   * Resolves when the subscription is under way, also when the transport cannot be reached yet: it then goes on
   * trying, and `health` says so.
   */
  subscribe(subscription: Subscription): Promise<RunningSubscription>;
  /** Ends every subscription and the connections behind them. */
  close(): Promise<void>;
}

/** What a consumer gives. Positions are ledger positions; a lane is a number from 0 to `laneCount` − 1. */
export interface Subscription {
  readonly name: string;
  /**
   * Takes the lanes over from whoever held them, and answers the position up to which each was applied (0 at the
   * start). MUST fence the earlier holder: its next `apply` MUST fail with `FencedError`.
   */
  takeOver(lanes: readonly number[]): Promise<LanePositions>;
  /**
   * Applies a batch and moves the lanes' positions to `through` in one transaction. A rejection leaves nothing
   * behind, and the feed offers the same events again after a pause. `FencedError` means that the lanes belong
   * to another instance now.
   */
  apply(batch: FeedBatch): Promise<void>;
}

export type LanePositions = ReadonlyMap<number, number>;

export interface FeedBatch {
  /** In ledger order; none at or below its lane's position. May be empty when only positions move. */
  readonly events: readonly RecordedEvent[];
  /** The position up to which each lane is complete once `events` are applied. */
  readonly through: LanePositions;
}

export interface RunningSubscription {
  health(): SubscriptionHealth;
  /**
   * Resolves with the reason when the subscription cannot go on and no waiting would help (a broker that this
   * client does not speak to, a topic of another shape). The process SHOULD then end with a non-zero code.
   */
  readonly failed: Promise<Error>;
  /** Resolves when the batch in hand is applied or given up, at most `drainMs` (10 s) later. */
  stop(): Promise<void>;
}

export interface SubscriptionHealth {
  readonly connected: boolean;
  readonly lanes: LanePositions;
  readonly lastError: string | null;
  /** RFC 3339; when a batch was last applied. */
  readonly lastAppliedAt: string | null;
}

/** The lanes were taken over by another instance. */
export class FencedError extends Error {
  readonly code = 'fenced';
}

/** Takes pino's loggers as they are. */
export interface FeedLog {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What a feed counts, for whoever keeps metrics. */
export type FeedCount =
  | 'applied'
  | 'rejected'
  | 'fenced'
  | 'repeated'
  | 'gaps'
  | 'refilled'
  | 'unreadable'
  | 'resubscribed'
  | 'published'
  | 'publish_failed';

export type CountFeed = (what: FeedCount, subscription: string, by: number) => void;
