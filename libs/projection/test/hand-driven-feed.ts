import { type RecordedEvent } from '#events';
import { allLanes, laneOf, type Feed, type RunningSubscription, type Subscription } from '#feed';

/** A transport that does what a test tells it to, in the order in which the test tells it. */
export class HandDrivenFeed implements Feed {
  private subscription: Subscription | null = null;

  async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    this.subscription = subscription;
    await subscription.takeOver(allLanes);
    return {
      health: () => ({ connected: true, lanes: new Map(), lastError: null, lastAppliedAt: null }),
      failed: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Offers the events as one batch, as a transport does that was just told to go on. */
  async offer(events: readonly RecordedEvent[]): Promise<void> {
    if (this.subscription === null) throw new Error('Nobody has subscribed');
    await this.subscription.apply({
      events,
      through: new Map(events.map(({ key, position }) => [laneOf(key), position])),
    });
  }
}
