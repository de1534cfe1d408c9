import { turn, type ClaimEvent, type StatementClaims } from '#claims';
import { type RecordedEvent } from '#events';
import { type Projector } from '#projection';
import { readClaimRows, writeClaimRows, type ClaimRow } from './claim-rows.ts';

type Reads = ClaimEvent['type'];

/** The rows of one statement about one corridor, by claim id. */
type OwnRows = ReadonlyMap<string, ClaimRow>;

/** Keeps where each claim is and how it stands, for the reviewers' lists. The words stay in the ledger. */
export const claimsProjector: Projector<Reads> = {
  name: 'ingestion-claims',
  reads: ['StatementCoded', 'ClaimReviewed', 'ClaimAdded', 'StatementRetracted', 'StatementSuperseded'],
  apply: async (events, tx) => {
    const rows = await readClaimRows(tx, [...new Set(events.map(({ payload }) => payload.statementId))]);
    const known = new Map<string, OwnRows>(
      [...Map.groupBy(rows, keyOf)].map(([key, own]) => [
        key,
        new Map(own.map((row) => [row.claim.claimId, row])),
      ]),
    );
    const touched = new Map<string, ClaimRow>();
    for (const event of events) {
      const { statementId, corridor } = event.payload;
      // It spoke of no corridor, so it had no claims.
      if (corridor === null) continue;
      const key = keyOf({ statementId, corridor });
      const own = known.get(key) ?? new Map<string, ClaimRow>();
      const changed = changedBy(event, own, { statementId, corridor });
      known.set(key, new Map([...own, ...changed]));
      for (const [claimId, row] of changed) touched.set(claimId, row);
    }
    await writeClaimRows(tx, [...touched.values()]);
  },
};

function keyOf({ statementId, corridor }: Pick<ClaimRow, 'statementId' | 'corridor'>): string {
  return `${corridor} ${statementId}`;
}

function changedBy(
  event: RecordedEvent<Reads>,
  own: OwnRows,
  place: Pick<ClaimRow, 'statementId' | 'corridor'>,
): OwnRows {
  const { begun, ended } = turn(claimsOf(own), event);
  const changed = new Map<string, ClaimRow>();
  for (const [claimId, row] of own) {
    const state = ended.get(claimId);
    if (state !== undefined) changed.set(claimId, { ...row, state });
  }
  const judgedBy = 'reviewer' in event.payload ? event.payload.reviewer : null;
  const reviewedAt = judgedBy === null ? null : event.recordedAt;
  const { position } = event;
  for (const { claim, state, review } of begun)
    changed.set(claim.claimId, { ...place, claim, state, review, reviewer: judgedBy, reviewedAt, position });
  return changed;
}

/** The deciders let nothing follow the end of a statement, so that its claims' states are enough to know it by. */
function claimsOf(own: OwnRows): StatementClaims {
  const rows = [...own.values()];
  const ended = rows
    .map(({ state }) => state)
    .find((state) => state === 'retracted' || state === 'superseded');
  return { claims: own, ended: ended ?? null };
}
