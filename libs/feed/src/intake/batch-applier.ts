import { type CountFeed, FencedError, type FeedBatch, type FeedCount, type FeedLog } from '../feed.ts';
import { type Subscription } from '../feed.ts';
import { laneOf } from '../lane.ts';
import { backoffMs, pause } from '../pause.ts';
import { type LaneShare } from './lane-share.ts';

export interface ApplierParts {
  readonly subscription: Subscription;
  readonly log: FeedLog;
  readonly count: CountFeed;
}

/** Takes steps of a subscription until they succeed or the share that they belong to ends. */
export class BatchApplier {
  private failure: string | null = null;
  private appliedAt: Date | null = null;

  constructor(private readonly parts: ApplierParts) {}

  get lastError(): string | null {
    return this.failure;
  }

  get lastAppliedAt(): string | null {
    return this.appliedAt?.toISOString() ?? null;
  }

  async takeOver(share: LaneShare, lanes: readonly number[]): Promise<void> {
    const positions = await this.persist(share, () => this.parts.subscription.takeOver(lanes));
    if (positions !== undefined) share.hold(positions);
  }

  /** Applies the batch, or finds which of its lanes are lost and applies the rest. */
  async apply(share: LaneShare, batch: FeedBatch): Promise<void> {
    const fenced = await this.persist(share, () => this.applied(batch));
    if (fenced === undefined) return;
    if (fenced !== null) {
      await this.applyToWhatIsOurs(share, batch, fenced);
      return;
    }
    share.hold(batch.through);
    this.appliedAt = new Date();
    this.count('applied', batch.events.length);
  }

  /** @returns undefined when the share ended before the step succeeded */
  async persist<Result>(share: LaneShare, step: () => Promise<Result>): Promise<Result | undefined> {
    for (let failureCount = 1; share.alive; failureCount += 1) {
      try {
        const result = await step();
        this.failure = null;
        return result;
      } catch (error) {
        this.failure = error instanceof Error ? error.message : String(error);
        this.count('rejected', 1);
        this.parts.log.warn(
          { subscription: this.parts.subscription.name, err: error, failureCount },
          'a step of the subscription failed; it is tried again',
        );
        await pause(backoffMs(failureCount), share.signal);
      }
    }
    return undefined;
  }

  private async applied(batch: FeedBatch): Promise<FencedError | null> {
    try {
      await this.parts.subscription.apply(batch);
      return null;
    } catch (error) {
      if (error instanceof FencedError) return error;
      throw error;
    }
  }

  /** Fencing tells that some lane of the batch is lost, not which; one by one they tell it themselves. */
  private async applyToWhatIsOurs(share: LaneShare, batch: FeedBatch, fenced: FencedError): Promise<void> {
    const [lane, ...others] = batch.through.keys();
    if (lane !== undefined && others.length === 0) {
      share.lose(lane);
      this.count('fenced', 1);
      this.parts.log.info(
        { subscription: this.parts.subscription.name, lane, err: fenced },
        'a lane belongs to another instance now',
      );
      return;
    }
    for (const [each, position] of batch.through) {
      const events = batch.events.filter(({ key }) => laneOf(key) === each);
      await this.apply(share, { events, through: new Map([[each, position]]) });
    }
  }

  private count(what: FeedCount, by: number): void {
    this.parts.count(what, this.parts.subscription.name, by);
  }
}
