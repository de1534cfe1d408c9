import { type Pool } from 'pg';
import { type WordKind } from './speaker-position.ts';

/** Which claims are heard: what stood after a ledger position, published by the end of a local day. */
export interface Hearing {
  readonly corridor: string;
  readonly knownAt: number;
  readonly validDay: string;
  readonly timezone: string;
}

/** How much is heard of a speaker. */
export interface HeardSpeaker {
  readonly speaker: string;
  readonly firstHeardOn: string;
  readonly lastHeardOn: string;
  readonly claimCount: number;
  readonly demandCount: number;
  readonly commitmentCount: number;
  readonly denialCount: number;
}

export interface SpeakerWord {
  readonly speaker: string;
  readonly kind: WordKind;
  readonly claimId: string;
}

const heard = `corridor = $1 AND position <= $2 AND (until_position IS NULL OR until_position > $2)
  AND published_at < ($3::date + 1)::timestamp AT TIME ZONE $4::text`;

/** The speakers after that one, in the order of the database. */
export async function readHeardSpeakers(
  pool: Pool,
  { corridor, knownAt, validDay, timezone }: Hearing,
  after: string,
  limit: number,
): Promise<readonly HeardSpeaker[]> {
  const { rows } = await pool.query<HeardSpeaker>(
    `SELECT speaker,
       (min(published_at) AT TIME ZONE $4::text)::date::text AS "firstHeardOn",
       (max(published_at) AT TIME ZONE $4::text)::date::text AS "lastHeardOn",
       count(*)::int AS "claimCount",
       count(*) FILTER (WHERE type = 'demand')::int AS "demandCount",
       count(*) FILTER (WHERE type = 'commitment')::int AS "commitmentCount",
       count(*) FILTER (WHERE type = 'denial')::int AS "denialCount"
     FROM blockade_status.claim
     WHERE ${heard} AND speaker > $5 GROUP BY speaker ORDER BY speaker LIMIT $6`,
    [corridor, knownAt, validDay, timezone, after, limit],
  );
  return rows;
}

/**
 * The claim that holds each speaker's stance, and the last five of each other kind, the latest first. What is taken for
 * granted in passing ("the ongoing blockade") is a stance only of those who say nothing outright.
 */
export async function readLatestWords(
  pool: Pool,
  { corridor, knownAt, validDay, timezone }: Hearing,
  speakers: readonly string[],
): Promise<readonly SpeakerWord[]> {
  const { rows } = await pool.query<SpeakerWord>(
    `SELECT s.speaker, word.kind, word.claim_id AS "claimId"
     FROM unnest($5::text[]) AS s (speaker)
     CROSS JOIN LATERAL (
       (SELECT 'stance' AS kind, claim_id FROM blockade_status.claim AS c
        WHERE ${heard} AND c.speaker = s.speaker AND type IN ('status', 'denial') AND modality = 'asserted'
        ORDER BY presupposed, published_at DESC, claim_id LIMIT 1)
       UNION ALL
       SELECT listed.kind, latest.claim_id
       FROM unnest(ARRAY['demand', 'commitment', 'denial']) AS listed (kind)
       CROSS JOIN LATERAL (
         SELECT claim_id FROM blockade_status.claim AS c
         WHERE ${heard} AND c.speaker = s.speaker AND type = listed.kind
         ORDER BY published_at DESC, claim_id LIMIT 5) AS latest
     ) AS word`,
    [corridor, knownAt, validDay, timezone, speakers],
  );
  return rows;
}
