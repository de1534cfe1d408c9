import { type Claim, type RecordedEvent } from '#events';

export interface ClaimView extends Claim {
  readonly corridor: string;
}

/** The claims that the events of one statement hold, in text order. */
export function claimsIn(history: readonly RecordedEvent[]): readonly ClaimView[] {
  return history
    .flatMap((event) =>
      event.type === 'StatementCoded'
        ? event.payload.claims.map((claim) => ({ ...claim, corridor: event.payload.corridor }))
        : [],
    )
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

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
    claims: claimsIn(history),
    history: history.map(({ position, type, recordedAt, actor }) => ({ position, type, recordedAt, actor })),
  };
}
