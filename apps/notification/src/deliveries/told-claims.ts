import { type Claim, type RecordedEvent } from '#events';
import { type Tx } from '#projection';
import { type NotifiedEvent } from './notification.body.ts';

interface EarlierRow {
  /** Of the later coding. */
  readonly position: string;
  readonly claims: readonly Claim[];
}

/**
 * The events without the claims that an earlier coding of the statement had already: a newer coder says of many that
 * they stay as they were. They are asked of the ledger, since messages are kept for a while only, and since whoever
 * subscribed later is not to be told of old claims as if they were news.
 */
export async function withNewClaimsAlone(
  tx: Tx,
  events: readonly NotifiedEvent[],
): Promise<readonly NotifiedEvent[]> {
  const codings = events.filter((event) => event.type === 'StatementCoded');
  if (codings.length === 0) return events;
  const told = await earlierClaims(tx, codings);
  return events.map((event) => {
    const earlier = told.get(event.position);
    if (event.type !== 'StatementCoded' || earlier === undefined) return event;
    const claims = event.payload.claims.filter((claim) => !earlier.has(contentOf(claim)));
    return { ...event, payload: { ...event.payload, claims } };
  });
}

async function earlierClaims(
  tx: Tx,
  codings: readonly RecordedEvent<'StatementCoded'>[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const { rows } = await tx.query<EarlierRow>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    text: `SELECT coded.position, p.payload -> 'claims' AS claims
      FROM unnest($1::text[], $2::text[], $3::bigint[]) AS coded (stream_id, key, position)
      JOIN ledger.event AS e ON e.stream_id = coded.stream_id AND e.key = coded.key AND e.position < coded.position
        AND e.type = 'StatementCoded'
      JOIN ledger.held_payload AS p ON p.position = e.position`,
    values: [
      codings.map(({ streamId }) => streamId),
      codings.map(({ key }) => key),
      codings.map(({ position }) => position),
    ],
  });
  const told = new Map<number, Set<string>>();
  for (const { position, claims } of rows) {
    const earlier = told.get(Number(position)) ?? new Set();
    told.set(Number(position), earlier);
    for (const claim of claims) earlier.add(contentOf(claim));
  }
  return told;
}

/** Not the id: the first coders made other ids of the same content. */
function contentOf({ type, status, speaker, start, end }: Claim): string {
  return JSON.stringify([type, status, speaker, start, end]);
}
