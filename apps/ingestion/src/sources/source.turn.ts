import { type FeedOutcome } from './feed.outcome.ts';
import { takeFeedTurn } from './feed.turn.ts';
import { type PagesOutcome, takePageTurn } from './page.turn.ts';
import { releaseLease, renewLease, type SourceLease, SourceLeaseLostError } from './source.lease.ts';
import { type DeliveryParts, type SentStatement, StatementDelivery } from './statement.delivery.ts';
import { type TurnParts } from './turn.parts.ts';

export interface SourceTurnParts extends TurnParts, DeliveryParts {
  readonly leaseMs: number;
  /** After it the rest waits for the next turn. */
  readonly turnMs: number;
}

const pauseAfterTroubleMs = 60_000;

/** What came of one turn at a source. */
export interface TurnOutcome {
  /** Null where only pages were due. */
  readonly feed: FeedOutcome | null;
  readonly pages: PagesOutcome;
  readonly statements: readonly SentStatement[];
}

/**
 * One turn at a source: its feed if that is due, then the pages of its items that are. The lease is renewed meanwhile
 * and given back at the end; a turn that loses it ends at its next step, and has written nothing since.
 */
export async function takeTurn(
  lease: SourceLease,
  parts: SourceTurnParts,
  stop: AbortSignal,
): Promise<TurnOutcome> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal, AbortSignal.timeout(parts.turnMs)]);
  const heartbeat = setInterval(() => {
    renewLease(parts.pool, lease, parts.leaseMs).catch((error: unknown) => {
      // A database that is away renews nothing either; then the lease ends by itself, and the next write will tell.
      if (error instanceof SourceLeaseLostError) lost.abort(error);
    });
  }, parts.leaseMs / 3);
  const delivery = new StatementDelivery(parts, lease);
  let pauseMs = 0;
  try {
    const feed = lease.feedIsDue ? await takeFeedTurn(lease, delivery, parts, signal) : null;
    const pages = await takePageTurn(lease, delivery, parts, signal);
    return { feed, pages, statements: delivery.sent };
  } catch (error) {
    // Nothing of the source's: what ails us would ail the next turn too, if that came at once.
    if (!signal.aborted) pauseMs = pauseAfterTroubleMs;
    throw error;
  } finally {
    clearInterval(heartbeat);
    await releaseLease(parts.pool, lease, pauseMs);
  }
}
