import { redactedText, withoutQuotes, type Claim, type RecordedEvent } from '#events';
import { type Tx } from '#projection';
import { type NotifiedEvent } from './notification.body.ts';

export async function noteRedactions(
  tx: Tx,
  redactions: readonly RecordedEvent<'StatementRedacted'>[],
): Promise<void> {
  if (redactions.length === 0) return;
  await tx.query(
    'INSERT INTO redaction (statement_id) SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    [statementsOf(redactions)],
  );
}

/** Takes the words of redacted statements out of the messages that wait or are kept, and out of receivers' answers. */
export async function redactMessages(
  tx: Tx,
  redactions: readonly RecordedEvent<'StatementRedacted'>[],
): Promise<void> {
  if (redactions.length === 0) return;
  const statementIds = statementsOf(redactions);
  const { rows } = await tx.query<{ event_id: string; body: string }>(
    `SELECT event_id, convert_from(body, 'UTF8') AS body FROM event
     WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS id WHERE position(convert_to(id, 'UTF8') IN body) > 0)`,
    [statementIds],
  );
  const eventIds = rows.map(({ event_id }) => event_id);
  await tx.query(
    `UPDATE event AS e SET body = convert_to(redacted.body, 'UTF8')
     FROM unnest($1::uuid[], $2::text[]) AS redacted (event_id, body) WHERE e.event_id = redacted.event_id`,
    [eventIds, rows.map(({ body }) => redactedBody(body, statementIds))],
  );
  // A receiver may have sent back what it got.
  await tx.query(
    `UPDATE attempt AS a SET response_excerpt = $2 FROM message AS m
     WHERE m.delivery_id = a.delivery_id AND m.event_id = ANY ($1::uuid[]) AND a.response_excerpt <> ''`,
    [eventIds, redactedText],
  );
}

/** The decisions without what they quote of statements that were redacted before they were learnt of. */
export async function withoutRedactedWords(
  tx: Tx,
  events: readonly NotifiedEvent[],
): Promise<readonly NotifiedEvent[]> {
  const quoted = events.flatMap((event) =>
    event.type === 'CorridorStatusChanged'
      ? event.payload.evidence.map(({ statementId }) => statementId)
      : [],
  );
  if (quoted.length === 0) return events;
  const { rows } = await tx.query<{ statement_id: string }>(
    'SELECT statement_id FROM redaction WHERE statement_id = ANY ($1::uuid[])',
    [quoted],
  );
  if (rows.length === 0) return events;
  const redacted = rows.map(({ statement_id }) => statement_id);
  return events.map((event) =>
    event.type === 'CorridorStatusChanged'
      ? { ...event, payload: withoutQuotes(event.payload, redacted) }
      : event,
  );
}

function statementsOf(redactions: readonly RecordedEvent<'StatementRedacted'>[]): readonly string[] {
  return [...new Set(redactions.map(({ payload }) => payload.statementId))];
}

interface MessageBody {
  readonly data: {
    readonly statementId?: string;
    readonly title?: string | null;
    readonly reason?: string;
    readonly claim?: Claim;
    readonly evidence?: RecordedEvent<'CorridorStatusChanged'>['payload']['evidence'];
  };
}

function redactedBody(json: string, statementIds: readonly string[]): string {
  const body = JSON.parse(json) as MessageBody;
  const { evidence, claim, statementId } = body.data;
  if (evidence !== undefined)
    return JSON.stringify({ ...body, data: withoutQuotes({ ...body.data, evidence }, statementIds) });
  if (statementId === undefined || !statementIds.includes(statementId)) return json;
  if (claim === undefined) return JSON.stringify({ ...body, data: { ...body.data, reason: redactedText } });
  const shown = { ...claim, speakerName: null, quote: redactedText, redacted: true };
  return JSON.stringify({ ...body, data: { ...body.data, title: null, claim: shown } });
}
