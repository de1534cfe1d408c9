import { type LanePositions } from '../feed.ts';
import { withinOrGiveUp } from '../pause.ts';
import { BatchApplier } from './batch-applier.ts';
import { LaneShare } from './lane-share.ts';
import { type Arrival, LaneWork, type WorkParts } from './lane-work.ts';

interface Offer {
  readonly lane: number;
  readonly arrivals: readonly Arrival[];
  readonly settle: (dealtWith: boolean) => void;
}

/**
 * Turns what a transport brings into what a subscription was promised: each lane's events in order, without a gap,
 * none twice. One thing happens at a time: a take-over, a batch or a refill. What is offered meanwhile goes into
 * one batch together, because a transaction costs more than the events in it.
 */
export class LaneIntake {
  private readonly applier: BatchApplier;
  private readonly work: LaneWork;
  private share = new LaneShare();
  private turn: Promise<unknown> = Promise.resolve();
  private waiting: Offer[] = [];

  constructor(parts: WorkParts) {
    this.applier = new BatchApplier(parts);
    this.work = new LaneWork(parts, this.applier);
  }

  get positions(): LanePositions {
    return this.share.positions;
  }

  get lastError(): string | null {
    return this.applier.lastError;
  }

  get lastAppliedAt(): string | null {
    return this.applier.lastAppliedAt;
  }

  /** These lanes are ours from now on, and no others; goes on trying until the take-over is recorded. */
  async take(lanes: readonly number[]): Promise<void> {
    this.release();
    const { share } = this;
    if (lanes.length > 0) await this.inTurn(() => this.applier.takeOver(share, lanes));
  }

  /** Takes lanes over again that another instance took although the transport still gives them to us. */
  async retake(lostForMs: number): Promise<readonly number[]> {
    const { share } = this;
    const lanes = share.lostLongerThan(lostForMs);
    if (lanes.length > 0) await this.inTurn(() => this.applier.takeOver(share, lanes));
    return lanes;
  }

  /** None of the lanes is ours any more. */
  release(): void {
    this.share.end();
    this.share = new LaneShare();
  }

  /**
   * Brings arrivals of one lane to the subscription.
   * @returns false when the lane is not ours any more, and the arrivals MUST NOT be confirmed to the transport
   */
  async offer(lane: number, arrivals: readonly Arrival[]): Promise<boolean> {
    return new Promise((settle) => {
      this.waiting.push({ lane, arrivals, settle });
      if (this.waiting.length === 1) void this.inTurn(() => this.takeIn());
    });
  }

  /**
   * Fills lanes from the ledger up to the given positions, or as far as the ledger goes.
   * @returns whether the ledger had anything
   */
  async fill(targets: LanePositions): Promise<boolean> {
    const { share } = this;
    return this.inTurn(() => this.work.refill(share, targets));
  }

  /** Ends the work; resolves when the batch in hand is applied or given up, or after `drainMs`. */
  async stop(drainMs: number): Promise<void> {
    this.release();
    await withinOrGiveUp(drainMs, this.turn);
  }

  private async takeIn(): Promise<void> {
    const { share } = this;
    const offers = this.waiting;
    this.waiting = [];
    await this.work.bring(
      share,
      offers.flatMap(({ arrivals }) => arrivals),
    );
    for (const { lane, settle } of offers) settle(share.alive && share.positions.has(lane));
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
