import { FencedError } from '../feed.ts';
import { type RelayCursor, type Term } from './relay-cursor.ts';

/**
 * Keeps a leader's lease alive beside its work, and tells the leader before each publication whether it still holds.
 * The monotonic clock goes on while a process is frozen, so one that wakes up asks Postgres before it publishes.
 */
export class RelayLease {
  private validUntil: number;
  private lost: FencedError | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly cursor: RelayCursor,
    private readonly term: Term,
    private readonly leaseMs: number,
  ) {
    this.validUntil = performance.now() + leaseMs;
    this.timer = setInterval(() => void this.renew(), leaseMs / 3);
  }

  /** @throws FencedError when another relay leads; anything else when that cannot be told */
  async confirm(): Promise<void> {
    if (this.lost !== null) throw this.lost;
    if (performance.now() < this.validUntil) return;
    const asked = performance.now();
    await this.cursor.renew(this.term);
    this.renewed(asked);
  }

  /** Whatever moves the cursor also renews the lease; it counts from when that was asked for. */
  renewed(asked: number): void {
    this.validUntil = Math.max(this.validUntil, asked + this.leaseMs);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async renew(): Promise<void> {
    const asked = performance.now();
    try {
      await this.cursor.renew(this.term);
      this.renewed(asked);
    } catch (error) {
      // Postgres may be away for a moment; only an answer tells that the lease is lost.
      if (error instanceof FencedError) this.lost = error;
    }
  }
}
