import { type RecordedEvent } from '#events';
import { claimsIn, reviewsOf } from '../claims/claim.view.ts';

/** Everything known about one statement, from its own events. */
export function statementView(history: readonly RecordedEvent[]) {
  const received = history.find((event) => event.type === 'StatementReceived');
  if (received === undefined) return null;
  const { custody, ...statement } = received.payload;
  return {
    ...statement,
    custody: {
      ...custody,
      actor: received.actor,
      position: received.position,
      recordedAt: received.recordedAt,
    },
    retracted: history.some(({ type }) => type === 'StatementRetracted'),
    claims: claimsIn(history).map((claim) => ({ ...claim, reviews: reviewsOf(claim.claimId, history) })),
    readBy: readingsIn(history),
    history: history.map(({ position, type, recordedAt, actor }) => ({ position, type, recordedAt, actor })),
  };
}

/** Who read all of it, and when. */
function readingsIn(history: readonly RecordedEvent[]) {
  return history.flatMap((event) => {
    if (event.type !== 'StatementReviewed') return [];
    const { reviewer, note } = event.payload;
    return [{ reviewer, note, position: event.position, recordedAt: event.recordedAt, actor: event.actor }];
  });
}
