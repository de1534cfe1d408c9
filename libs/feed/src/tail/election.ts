import { type Pool, type PoolClient } from 'pg';
import { type FeedLog } from '../feed.ts';

/**
 * Elects one instance a name by locks of a Postgres session. A lock is gone with its session, also when the process
 * dies; it elects and does not fence, which is why a leader takes its lanes over by epoch as well.
 */
export class Election {
  private client: Promise<PoolClient> | null = null;
  private held: PoolClient | null = null;
  private lost = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly log: FeedLog,
  ) {}

  /** @returns a signal that is given when the lead is lost, or null while another instance leads */
  async stand(name: string): Promise<AbortSignal | null> {
    const client = await this.session();
    const { signal } = this.lost;
    const { rows } = await client.query<{ won: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('corridor-watch feed ' || $1, 0)) AS won`,
      [name],
    );
    return rows[0]?.won === true ? signal : null;
  }

  /** Lets another instance lead. */
  async resign(name: string): Promise<void> {
    if (this.client === null) return;
    const client = await this.client;
    await client.query(`SELECT pg_advisory_unlock(hashtextextended('corridor-watch feed ' || $1, 0))`, [
      name,
    ]);
  }

  async close(): Promise<void> {
    await this.client?.catch(() => null);
    // Not back into the pool: whoever got it next would hold our locks.
    if (this.held !== null) this.lose(this.held);
  }

  private session(): Promise<PoolClient> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<PoolClient> {
    try {
      const client = await this.pool.connect();
      this.held = client;
      client.on('error', (error) => {
        this.log.warn({ err: error }, 'the session that holds the locks of the feed is lost');
        this.lose(client);
      });
      return client;
    } catch (error) {
      this.client = null;
      throw error;
    }
  }

  private lose(client: PoolClient): void {
    // A connection may fail more than once on its way out.
    if (this.held !== client) return;
    this.held = null;
    this.client = null;
    client.release(true);
    this.lost.abort();
    this.lost = new AbortController();
  }
}
