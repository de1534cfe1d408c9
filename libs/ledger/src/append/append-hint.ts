import { type Pool } from 'pg';

export const appendedChannel = 'ledger_appended';

const everyMs = 20;

/**
 * Tells followers that there is something to read: at once when it was quiet, else at most every 20 ms. It is sent
 * after the commit and on its own, since NOTIFY inside the append's transaction halves the commit rate. A hint that
 * gets lost costs a follower its polling interval and nothing else.
 */
export class AppendHint {
  private position = 0;
  private told = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly pool: Pool) {}

  touch(position: number): void {
    this.position = Math.max(this.position, position);
    if (this.timer !== null) return;
    this.tell();
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.position > this.told) this.touch(this.position);
    }, everyMs).unref();
  }

  private tell(): void {
    this.told = this.position;
    // A hint is not worth a flush to disk.
    const text = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;
    this.pool
      .query({ name: 'ledger-hint/1', text, values: [appendedChannel, String(this.position)] })
      .catch(() => undefined);
  }
}
