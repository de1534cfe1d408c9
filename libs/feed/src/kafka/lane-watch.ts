import { type LanePositions } from '../feed.ts';
import { type LaneIntake } from '../intake/lane-intake.ts';
import { laneHeads } from '../relay/relay-cursor.ts';
import { type KafkaFeedParts, type KafkaTiming } from './kafka-feed.parts.ts';

/**
 * Sees what no record can tell: that records are missing at the end of a lane, or all of them, as when a broker
 * has lost its data. A lane that stands still behind what the relay has published is filled from the ledger.
 */
export class LaneWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly still = new Map<number, { position: number; since: number }>();
  private looking = false;

  constructor(
    private readonly parts: Pick<KafkaFeedParts, 'pool' | 'topic' | 'log'>,
    private readonly timing: Pick<KafkaTiming, 'watchMs' | 'stallMs' | 'retakeMs'>,
    private readonly intake: LaneIntake,
    private readonly onRetaken: (lanes: readonly number[]) => void,
  ) {
    this.timer = setInterval(() => void this.look(), timing.watchMs);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const retaken = await this.intake.retake(this.timing.retakeMs);
      if (retaken.length > 0) this.onRetaken(retaken);
      if (this.intake.positions.size === 0) return;
      const stalled = this.stalled(await laneHeads(this.parts.pool, this.parts.topic));
      if (stalled.size > 0) await this.refill(stalled);
    } catch (error) {
      this.parts.log.warn(
        { topic: this.parts.topic, err: error },
        'the lanes could not be compared with the relay',
      );
    } finally {
      this.looking = false;
    }
  }

  /** Also notes how long each lane has stood where it stands. */
  private stalled(heads: LanePositions): LanePositions {
    const now = performance.now();
    const stalled = new Map<number, number>();
    for (const [lane, position] of this.intake.positions) {
      const head = heads.get(lane) ?? 0;
      const stood = this.still.get(lane);
      if (head <= position) this.still.delete(lane);
      else if (stood?.position !== position) this.still.set(lane, { position, since: now });
      else if (now - stood.since >= this.timing.stallMs) stalled.set(lane, head);
    }
    return stalled;
  }

  private async refill(stalled: LanePositions): Promise<void> {
    this.parts.log.warn(
      { topic: this.parts.topic, lanes: Object.fromEntries(stalled) },
      'lanes stand still behind what was published; they are refilled from the ledger',
    );
    await this.intake.fill(stalled);
  }
}
