import { type ClaimStanding } from '#claims';
import { type Claim } from '#events';
import { type Tx } from '#projection';

export interface ClaimRow extends ClaimStanding {
  readonly statementId: string;
  readonly corridor: string;
  readonly claim: Pick<Claim, 'claimId' | 'type' | 'status' | 'speaker' | 'confidence' | 'coder'>;
  readonly reviewer: string | null;
  readonly reviewedAt: string | null;
  readonly position: number;
}

interface StoredRow {
  readonly claim_id: string;
  readonly statement_id: string;
  readonly corridor: string;
  readonly type: Claim['type'];
  readonly status: Claim['status'];
  readonly speaker: string;
  readonly confidence: number;
  readonly coder: string;
  readonly state: ClaimRow['state'];
  readonly review: ClaimRow['review'];
  readonly reviewer: string | null;
  readonly reviewed_at: string | null;
  readonly position: string;
}

export async function readClaimRows(tx: Tx, statementIds: readonly string[]): Promise<readonly ClaimRow[]> {
  const { rows } = await tx.query<StoredRow>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    text: `SELECT claim_id, statement_id, corridor, type, status, speaker, confidence, coder, state, review, reviewer,
        reviewed_at::text, position FROM claim WHERE statement_id = ANY($1::uuid[])`,
    values: [statementIds],
  });
  return rows.map(({ claim_id: claimId, type, status, speaker, confidence, coder, ...row }) => ({
    statementId: row.statement_id,
    corridor: row.corridor,
    claim: { claimId, type, status, speaker, confidence, coder },
    state: row.state,
    review: row.review,
    reviewer: row.reviewer,
    reviewedAt: row.reviewed_at,
    position: Number(row.position),
  }));
}

export async function writeClaimRows(tx: Tx, rows: readonly ClaimRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query({
    name: 'write_claims',
    text: `INSERT INTO claim (claim_id, statement_id, corridor, type, status, speaker, confidence, coder, state,
        review, reviewer, reviewed_at, position)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::double precision[], $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::bigint[])
      ON CONFLICT (claim_id) DO UPDATE SET type = excluded.type, status = excluded.status, speaker = excluded.speaker,
        confidence = excluded.confidence, coder = excluded.coder, state = excluded.state, review = excluded.review,
        reviewer = excluded.reviewer, reviewed_at = excluded.reviewed_at, position = excluded.position`,
    values: [
      rows.map(({ claim }) => claim.claimId),
      rows.map(({ statementId }) => statementId),
      rows.map(({ corridor }) => corridor),
      rows.map(({ claim }) => claim.type),
      rows.map(({ claim }) => claim.status),
      rows.map(({ claim }) => claim.speaker),
      rows.map(({ claim }) => claim.confidence),
      rows.map(({ claim }) => claim.coder),
      rows.map(({ state }) => state),
      rows.map(({ review }) => review),
      rows.map(({ reviewer }) => reviewer),
      rows.map(({ reviewedAt }) => reviewedAt),
      rows.map(({ position }) => position),
    ],
  });
}
