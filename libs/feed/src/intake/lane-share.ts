import { type LanePositions } from '../feed.ts';

/**
 * The lanes that one assignment gave to this instance. It ends when the next assignment comes or the subscription
 * stops; whatever still works for an ended share gives up at its next step.
 */
export class LaneShare {
  private readonly ending = new AbortController();
  private readonly held = new Map<number, number>();
  /** When each lane was found to be another instance's. */
  private readonly lost = new Map<number, number>();

  get alive(): boolean {
    return !this.ending.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  get positions(): LanePositions {
    return this.held;
  }

  end(): void {
    this.ending.abort();
  }

  /** Also for lanes that were lost and are taken over again. */
  hold(positions: LanePositions): void {
    for (const [lane, position] of positions) {
      this.held.set(lane, position);
      this.lost.delete(lane);
    }
  }

  lose(lane: number): void {
    this.held.delete(lane);
    this.lost.set(lane, performance.now());
  }

  lostLongerThan(ms: number): readonly number[] {
    const before = performance.now() - ms;
    return [...this.lost].filter(([, since]) => since <= before).map(([lane]) => lane);
  }
}
