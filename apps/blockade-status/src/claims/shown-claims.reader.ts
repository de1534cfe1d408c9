import { type Pool } from 'pg';
import { type StoredClaim } from '../corridor-status/claim-versions.ts';

/** What is shown of a claim where something else is told by it. */
export type ShownClaim = Shown<
  Pick<
    StoredClaim,
    | 'claimId'
    | 'statementId'
    | 'type'
    | 'status'
    | 'presupposed'
    | 'flows'
    | 'validFrom'
    | 'quote'
    | 'speaker'
    | 'publisher'
    | 'url'
    | 'publishedAt'
    | 'redacted'
  >
>;

export type Shown<Shape> = Omit<Shape, 'redacted'> & {
  /** The words were redacted; the claim counts as before. */
  readonly redacted?: true;
};

/** Without what the words had told: that is for the rules. */
export function withoutTold<Shape extends Pick<StoredClaim, 'redacted'>>({
  redacted,
  ...claim
}: Shape): Shown<Shape> {
  return { ...claim, ...(redacted === undefined ? {} : { redacted: true as const }) };
}

/** Those of the claims that stood after a ledger position, by id. */
export async function readShownClaims(
  pool: Pool,
  corridor: string,
  knownAt: number,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, ShownClaim>> {
  const { rows } = await pool.query<{ claim: StoredClaim }>(
    `SELECT claim FROM blockade_status.claim
     WHERE corridor = $1 AND claim_id = ANY ($3::uuid[])
       AND position <= $2 AND (until_position IS NULL OR until_position > $2)`,
    [corridor, knownAt, claimIds],
  );
  return new Map(rows.map(({ claim }) => [claim.claimId, shown(claim)]));
}

function shown(claim: StoredClaim): ShownClaim {
  const { claimId, statementId, type, status, presupposed, flows, validFrom } = claim;
  const { quote, speaker, publisher, url, publishedAt, redacted } = claim;
  return withoutTold({
    claimId,
    statementId,
    type,
    status,
    presupposed,
    flows,
    validFrom,
    quote,
    speaker,
    publisher,
    url,
    publishedAt,
    redacted,
  });
}
