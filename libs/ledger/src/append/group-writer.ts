import { setTimeout as pause } from 'node:timers/promises';
import { type Pool } from 'pg';
import { AppendOutcomeUnknownError, InvalidEventError } from '../ledger.error.ts';
import { failureOf, type PostgresFailure, unavailable } from '../postgres-failure.ts';
import { type AppendOutcome, appendGroup } from './append-statement.ts';
import { type PreparedAppend } from './prepared-append.ts';

type Settled = PromiseSettledResult<AppendOutcome>;

/** A server that answers at all answers within the 2 s of its own time-outs, twice. */
const answerWithinMs = 5_000;
const firstPauseMs = 50;
const pauseMsMax = 1_000;

/**
 * Sends a group until its outcome is certain. Repeating is safe, since an append is known by its event ids, so a
 * lost connection or a restarting server is bridged for `retryForMs` before anyone hears of it.
 */
export class GroupWriter {
  constructor(
    private readonly pool: Pool,
    private readonly retryForMs: number,
  ) {}

  async write(group: readonly PreparedAppend[]): Promise<readonly Settled[]> {
    const deadline = Date.now() + this.retryForMs;
    let doubt = false;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
      const attempt = await this.attempt(group);
      if (attempt.outcomes !== undefined) return attempt.outcomes.map(fulfilled);
      doubt ||= attempt.failure === 'unknown';
      if (attempt.failure === 'rejected') return this.settleRejected(group, attempt.error);
      const hopeless = attempt.failure === 'unavailable' && !doubt;
      if (hopeless || this.pool.ending || Date.now() + pauseMs > deadline) {
        const reason = doubt
          ? new AppendOutcomeUnknownError({ cause: attempt.error })
          : unavailable(attempt.error);
        return group.map(() => ({ status: 'rejected', reason }));
      }
      await pause(pauseMs);
    }
  }

  /** One bad request spoils the statement for all, so each is then tried alone. */
  private async settleRejected(
    group: readonly PreparedAppend[],
    error: unknown,
  ): Promise<readonly Settled[]> {
    if (group.length === 1) {
      const message = error instanceof Error ? error.message : String(error);
      return [{ status: 'rejected', reason: new InvalidEventError('events', message, { cause: error }) }];
    }
    const settled: Settled[] = [];
    for (const request of group) settled.push(...(await this.write([request])));
    return settled;
  }

  private async attempt(group: readonly PreparedAppend[]): Promise<Attempt> {
    let sent = false;
    try {
      const client = await this.pool.connect();
      let failure: PostgresFailure | undefined;
      // A connection that breaks tells it twice: through the query, and by this event, which must have a listener.
      client.on('error', ignore);
      try {
        sent = true;
        return { outcomes: await appendGroup(client, group, answerWithinMs) };
      } catch (error) {
        failure = failureOf(error, sent);
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(failure === 'unknown');
      }
    } catch (error) {
      return { failure: failureOf(error, sent), error };
    }
  }
}

type Attempt =
  | { readonly outcomes: readonly AppendOutcome[] }
  | { readonly outcomes?: never; readonly failure: PostgresFailure; readonly error: unknown };

function fulfilled(value: AppendOutcome): Settled {
  return { status: 'fulfilled', value };
}

function ignore(): void {
  // The query's own rejection says the same.
}
