import { Counter } from 'prom-client';
import { type CountFeed } from '#feed';

export interface FeedCounter {
  /** To be registered with the application, which comes to be after the feed. */
  readonly counter: Counter;
  readonly count: CountFeed;
}

/** Counts what the feed and the relay meet with: gaps, refills, repetitions, records that cannot be read. */
export function feedCounter(): FeedCounter {
  const counter = new Counter({
    name: 'feed_total',
    help: 'What the feed met with, by kind and by subscription',
    labelNames: ['what', 'subscription'],
    registers: [],
  });
  return {
    counter,
    count: (what, subscription, by) => {
      counter.inc({ what, subscription }, by);
    },
  };
}
