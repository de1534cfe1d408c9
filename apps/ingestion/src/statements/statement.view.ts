import { type RecordedEvent } from '#events';
import { claimsIn, reviewsOf } from '../claims/claim.view.ts';
import { disappearancesIn } from '../sources/disappearance.view.ts';

export function receivedIn(
  history: readonly RecordedEvent[],
): RecordedEvent<'StatementReceived'> | undefined {
  return history.find((event) => event.type === 'StatementReceived');
}

/** Everything known about one statement, from its own events. */
export function statementView(history: readonly RecordedEvent[]) {
  const received = receivedIn(history);
  if (received === undefined) return null;
  const superseded = history.find((event) => event.type === 'StatementSuperseded');
  const { custody: _custody, redacted: _redacted, ...statement } = received.payload;
  return {
    ...statement,
    custody: custodyOf(received),
    disappeared: disappearancesIn(history),
    redacted: redactionOf(history),
    retracted: history.some(({ type }) => type === 'StatementRetracted'),
    supersededBy: superseded?.payload.supersededBy ?? null,
    claims: claimsIn(history).map((claim) => ({ ...claim, reviews: reviewsOf(claim.claimId, history) })),
    readBy: readingsIn(history),
    history: history.map(({ position, type, recordedAt, actor }) => ({ position, type, recordedAt, actor })),
  };
}

/** Without the address of the one who sent it, which may tell of a person. */
export function custodyOf({ payload, actor, position, recordedAt }: RecordedEvent<'StatementReceived'>) {
  const { remoteAddress: _remoteAddress, ...custody } = payload.custody;
  return { ...custody, actor, position, recordedAt };
}

/** When its words were taken away, and why; null where they are there. */
function redactionOf(history: readonly RecordedEvent[]) {
  const event = history.find(({ type }) => type === 'StatementRedacted');
  if (event?.type !== 'StatementRedacted') return null;
  const { recordedAt: at, position, actor } = event;
  const { reason, requestedBy } = event.payload;
  return { at, reason, requestedBy, position, actor };
}

/** Who read all of it, and when. */
function readingsIn(history: readonly RecordedEvent[]) {
  return history.flatMap((event) => {
    if (event.type !== 'StatementReviewed') return [];
    const { reviewer, note } = event.payload;
    return [{ reviewer, note, position: event.position, recordedAt: event.recordedAt, actor: event.actor }];
  });
}
