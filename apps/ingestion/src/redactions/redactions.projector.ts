import { type RecordedEvent } from '#events';
import { type Cause } from '#ledger';
import { type Projector, type Tx } from '#projection';
import { type TextEraser } from './text-eraser.ts';

const reads = ['StatementRedacted', 'CorridorStatusChanged', 'CorridorStatusCorrected'] as const;
type Reads = (typeof reads)[number];

/**
 * Sees to it that what a redaction takes away is gone: finishes what a process left half done, and takes the quotes
 * from decisions that were made by a process which had not learnt of it. Those come behind it, under the same key.
 * @param eraser null where rows are filled and nothing else is to happen, as in a replay
 */
export function redactionsProjector(eraser: Pick<TextEraser, 'erase'> | null): Projector<Reads> {
  return {
    name: 'ingestion-redactions',
    reads,
    apply: async (events, tx) => {
      const redactions = events.filter((event) => event.type === 'StatementRedacted');
      await insertRedactions(tx, redactions);
      if (eraser === null) return;
      for (const event of redactions) if (event.payload.corridor === null) await erase(eraser, event);
      const decisions = events.filter((event) => event.type !== 'StatementRedacted');
      for (const [statementId, event] of await quotedAllTheSame(tx, decisions))
        await eraser.erase(statementId, causeOf(event));
    },
  };
}

async function erase(
  eraser: Pick<TextEraser, 'erase'>,
  event: RecordedEvent<'StatementRedacted'>,
): Promise<void> {
  await eraser.erase(event.payload.statementId, causeOf(event));
}

function causeOf({ actor, correlationId, eventId, traceparent }: RecordedEvent): Cause {
  return { actor, correlationId, causationId: eventId, traceparent };
}

async function insertRedactions(
  tx: Tx,
  events: readonly RecordedEvent<'StatementRedacted'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    'INSERT INTO redaction (statement_id) SELECT DISTINCT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    [events.map(({ payload }) => payload.statementId)],
  );
}

/** Redacted statements that a decision has the words of, each with one such decision. */
async function quotedAllTheSame(
  tx: Tx,
  decisions: readonly RecordedEvent<'CorridorStatusChanged' | 'CorridorStatusCorrected'>[],
): Promise<ReadonlyMap<string, RecordedEvent>> {
  const quoted = new Map<string, RecordedEvent>(
    decisions.flatMap((event) =>
      event.payload.evidence
        .filter(({ redacted }) => redacted === undefined)
        .map(({ statementId }) => [statementId, event] as const),
    ),
  );
  if (quoted.size === 0) return quoted;
  const { rows } = await tx.query<{ statement_id: string }>(
    'SELECT statement_id FROM redaction WHERE statement_id = ANY ($1::uuid[])',
    [[...quoted.keys()]],
  );
  const redacted = new Set(rows.map(({ statement_id }) => statement_id));
  return new Map([...quoted].filter(([statementId]) => redacted.has(statementId)));
}
