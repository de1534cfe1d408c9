import { type Pool, type PoolClient } from 'pg';
import { type FeedLog } from '../feed.ts';

interface Session {
  readonly client: PoolClient;
  /** Given when the session is gone, and its locks with it. */
  readonly lost: AbortController;
}

/**
 * Elects one instance a name by locks of a Postgres session. A lock is gone with its session, also when the process
 * dies; it elects and does not fence, which is why a leader takes its lanes over by epoch as well.
 */
export class Election {
  private session: Session | null = null;
  /** One connection serves every name, so the questions wait for each other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly log: FeedLog,
  ) {}

  /** @returns a signal that is given when the lead is lost, or null while another instance leads */
  async stand(name: string): Promise<AbortSignal | null> {
    return this.inTurn(async () => {
      const { client, lost } = (this.session ??= await this.connect());
      const { rows } = await client.query<{ won: boolean }>(
        `SELECT pg_try_advisory_lock(hashtextextended('corridor-watch feed ' || $1, 0)) AS won`,
        [name],
      );
      return rows[0]?.won === true ? lost.signal : null;
    });
  }

  /** Lets another instance lead. */
  async resign(name: string): Promise<void> {
    await this.inTurn(async () => {
      await this.session?.client.query(
        `SELECT pg_advisory_unlock(hashtextextended('corridor-watch feed ' || $1, 0))`,
        [name],
      );
    });
  }

  async close(): Promise<void> {
    await this.inTurn(() => {
      if (this.session !== null) this.lose(this.session);
      return Promise.resolve();
    });
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async connect(): Promise<Session> {
    const session = { client: await this.pool.connect(), lost: new AbortController() };
    session.client.on('error', (error) => {
      // A connection may fail more than once on its way out.
      if (session.lost.signal.aborted) return;
      this.log.warn({ err: error }, 'the session that holds the locks of the feed is lost');
      this.lose(session);
    });
    return session;
  }

  private lose(session: Session): void {
    if (this.session === session) this.session = null;
    session.lost.abort();
    // Not back into the pool: whoever got it next would hold our locks.
    session.client.release(true);
  }
}
