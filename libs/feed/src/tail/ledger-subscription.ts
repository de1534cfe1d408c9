import { type RunningSubscription, type Subscription, type SubscriptionHealth } from '../feed.ts';
import { LaneIntake } from '../intake/lane-intake.ts';
import { allLanes, laneCount } from '../lane.ts';
import { LedgerPages } from '../ledger-pages.ts';
import { backoffMs, pause } from '../pause.ts';
import { PollPace } from '../poll-pace.ts';
import { type Election } from './election.ts';
import { type LedgerFeedParts } from './ledger-feed.ts';

const batchEventsMax = 1_000;
const batchBytesMax = 8 * 1024 * 1024;
const standbyMs = 1_000;

/** Stands by until it is elected, then reads on from its lowest lane until it stops or loses the lanes. */
export class LedgerSubscription implements RunningSubscription {
  /** Nothing ends a subscription on the ledger but `stop`: Postgres comes back, or the whole service is down. */
  readonly failed = new Promise<Error>(() => undefined);
  private readonly stopping = new AbortController();
  private readonly intake: LaneIntake;
  private readonly pace: PollPace;
  private readonly done: Promise<void>;
  private connected = false;
  private lastError: string | null = null;

  constructor(
    private readonly parts: LedgerFeedParts,
    private readonly election: Election,
    private readonly subscription: Subscription,
  ) {
    const { ledger, log, hint = null, count = () => undefined } = parts;
    const pages = new LedgerPages(ledger, { eventsMax: batchEventsMax, bytesMax: batchBytesMax });
    this.intake = new LaneIntake({ subscription, pages, batchEventsMax, log, count });
    this.pace = new PollPace(hint, this.stopping.signal);
    this.done = this.run();
  }

  health(): SubscriptionHealth {
    return {
      connected: this.connected,
      lanes: new Map(this.intake.positions),
      lastError: this.intake.lastError ?? this.lastError,
      lastAppliedAt: this.intake.lastAppliedAt,
    };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.intake.stop(this.parts.drainMs ?? 10_000);
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let failureCount = 0;
    while (!signal.aborted) {
      try {
        const lost = await this.election.stand(this.subscription.name);
        this.connected = true;
        this.lastError = null;
        failureCount = 0;
        if (lost !== null) await this.lead(AbortSignal.any([lost, signal]));
        await pause(standbyMs, signal);
      } catch (error) {
        failureCount += 1;
        this.connected = false;
        this.lastError = error instanceof Error ? error.message : String(error);
        this.parts.log.warn(
          { subscription: this.subscription.name, err: error },
          'the election failed; it is held again',
        );
        await pause(backoffMs(failureCount), signal);
      }
    }
  }

  private async lead(ended: AbortSignal): Promise<void> {
    const release = (): void => {
      this.intake.release();
    };
    ended.addEventListener('abort', release, { once: true });
    try {
      if (!ended.aborted) await this.intake.take(allLanes);
      this.parts.log.debug({ subscription: this.subscription.name }, 'this instance reads the ledger');
      // Fewer lanes than it took: another instance has fenced this one.
      while (!ended.aborted && this.intake.positions.size === laneCount) await this.readOn();
    } finally {
      ended.removeEventListener('abort', release);
      this.intake.release();
      if (!ended.aborted || this.stopping.signal.aborted) await this.election.resign(this.subscription.name);
    }
  }

  private async readOn(): Promise<void> {
    if (await this.intake.fill(everything)) this.pace.foundWork();
    await this.pace.rest();
  }
}

const everything = new Map(allLanes.map((lane) => [lane, Number.MAX_SAFE_INTEGER]));
