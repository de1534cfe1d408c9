import { laneOf } from '#feed';
import { type Ledger } from '#ledger';
import { contextOf, currentTraceparent, inSpan, type Logger } from '#platform';
import { type Tx } from '#projection';
import { decisionId, type DecisionBook } from './decision.book.ts';
import { type StatusDecided } from './status-decisions.ts';

/** Decisions become events. */
export function decisionsInLedger(ledger: Ledger, log: Pick<Logger, 'info'>): DecisionBook {
  return { record: (tx, decisions) => recordDecisions(ledger, tx, decisions, log) };
}

/** One after the other, so that the decisions on a corridor stand in the ledger in the order of their causes. */
async function recordDecisions(
  ledger: Ledger,
  tx: Tx,
  decisions: readonly StatusDecided[],
  log: Pick<Logger, 'info'>,
): Promise<void> {
  if (decisions.length === 0) return;
  const decided = await readDecided(tx);
  for (const decision of decisions) {
    const { corridor, causedBy } = decision.payload;
    if (causedBy <= (decided.get(laneOf(corridor)) ?? 0)) continue;
    await inSpan('decide the status', contextOf(decision.cause.traceparent), async () => {
      await append(ledger, decision);
      log.info({ corridor, causedBy, ...factsOf(decision) }, 'status decided');
    });
  }
}

function factsOf({ type, payload }: StatusDecided) {
  return type === 'CorridorStatusChanged'
    ? { from: payload.from, to: payload.to }
    : { replacedCount: payload.replacedCount };
}

/** How far each lane was decided on before its rows were projected again. */
async function readDecided(tx: Tx): Promise<ReadonlyMap<number, number>> {
  const { rows } = await tx.query<{ lane: number; position: string }>(
    'SELECT lane, position FROM blockade_status.decided',
  );
  return new Map(rows.map(({ lane, position }) => [lane, Number(position)]));
}

async function append(ledger: Ledger, decision: StatusDecided): Promise<void> {
  const { cause, type, payload, validFrom } = decision;
  const eventId = decisionId(decision);
  await ledger.append({
    streamId: `corridor-status-${payload.corridor}`,
    expectedVersion: 'any',
    events: [{ type, payload, eventId, validFrom } as Parameters<Ledger['append']>[0]['events'][number]],
    cause: {
      actor: 'blockade-status',
      correlationId: cause.correlationId,
      causationId: cause.eventId,
      traceparent: currentTraceparent(),
    },
  });
}
