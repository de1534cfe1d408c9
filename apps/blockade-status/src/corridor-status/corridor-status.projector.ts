import { isClaimEvent } from '#claims';
import { type RecordedEvent } from '#events';
import { deriveId, type Ledger } from '#ledger';
import { contextOf, currentTraceparent, inSpan, type Logger } from '#platform';
import { type Projector, type Tx } from '#projection';
import { ruleVersion } from '#status';
import { insertStatusChanges } from '../status-changes/status-change-rows.ts';
import { readKnownStatements, writeVersions } from './claim-rows.ts';
import { claimVersions, noChange, type ClaimVersions } from './claim-versions.ts';
import { decisionOn, learn, type CorridorEvidence, type EvidenceEvent } from './corridor-evidence.ts';
import { insertDefinitions, writeCorridors } from './corridor-rows.ts';
import { EvidenceShelf } from './evidence-shelf.ts';

const reads = [
  'CorridorRegistered',
  'CorridorAmended',
  'StatementCoded',
  'ClaimReviewed',
  'ClaimAdded',
  'StatementRetracted',
  'StatementSuperseded',
  'CorridorStatusChanged',
] as const;
type Reads = (typeof reads)[number];

type Decision = NonNullable<ReturnType<typeof decisionOn>> & { readonly cause: EvidenceEvent };

/**
 * Keeps claims, definitions and the current state of each corridor, and decides: after every single event, never
 * after a batch, so that the decisions are the same however the events are cut into batches.
 */
export function corridorStatusProjector(ledger: Ledger, log: Pick<Logger, 'info'>): Projector<Reads> {
  const shelf = new EvidenceShelf();
  return {
    name: 'corridor-status',
    reads,
    apply: async (events, tx) => {
      const evidenceEvents = events.filter(isEvidence);
      const evidences = await shelf.take(tx, [...new Set(evidenceEvents.map(({ key }) => key))]);
      const claimEvents = evidenceEvents.filter(isClaimEvent);
      const versions = claimVersions(await readKnownStatements(tx, claimEvents), claimEvents);
      const decisions = await meanwhile(writeVersions(tx, versions), () =>
        evidenceEvents.flatMap((event) => decide(evidences, event, versions)),
      );
      // Before the transaction commits: after a crash in between, the same decision gets the same event id.
      await record(ledger, decisions, log);
      await write(tx, events, [...evidences.values()]);
      shelf.put(evidences.values());
    },
  };
}

function isEvidence(event: RecordedEvent<Reads>): event is EvidenceEvent {
  return event.type !== 'CorridorStatusChanged';
}

function decide(
  evidences: Map<string, CorridorEvidence>,
  event: EvidenceEvent,
  { changes }: ClaimVersions,
): readonly Decision[] {
  const before = evidences.get(event.key) ?? null;
  const after = learn(before, event, changes.get(event.position) ?? noChange);
  if (after !== null) evidences.set(event.key, after);
  const decision = decisionOn(before, after);
  return decision === null ? [] : [{ ...decision, cause: event }];
}

/** Postgres writes the many rows of the claims while the decisions are made here. */
async function meanwhile<Result>(writing: Promise<void>, work: () => Result): Promise<Result> {
  try {
    return work();
  } finally {
    // Also when the work fails: whoever rolls back needs the connection.
    await writing;
  }
}

/** One after the other, so that the decisions on a corridor stand in the ledger in the order of their causes. */
async function record(
  ledger: Ledger,
  decisions: readonly Decision[],
  log: Pick<Logger, 'info'>,
): Promise<void> {
  for (const decision of decisions) {
    await inSpan('decide the status', contextOf(decision.cause.traceparent), async () => {
      const { corridor, from, to, causedBy } = decision.payload;
      await append(ledger, decision);
      log.info({ corridor, from, to, causedBy }, 'status changed');
    });
  }
}

async function append(ledger: Ledger, { cause, type, payload }: Decision): Promise<void> {
  await ledger.append({
    streamId: `corridor-status-${payload.corridor}`,
    expectedVersion: 'any',
    events: [
      {
        type,
        payload,
        eventId: deriveId(type, payload.corridor, String(payload.causedBy), ruleVersion),
        validFrom: payload.since,
      },
    ],
    cause: {
      actor: 'blockade-status',
      correlationId: cause.correlationId,
      causationId: cause.eventId,
      traceparent: currentTraceparent(),
    },
  });
}

async function write(
  tx: Tx,
  events: readonly RecordedEvent<Reads>[],
  evidences: readonly CorridorEvidence[],
): Promise<void> {
  await insertDefinitions(
    tx,
    events.filter((event) => event.type === 'CorridorRegistered' || event.type === 'CorridorAmended'),
  );
  await writeCorridors(tx, evidences);
  await insertStatusChanges(
    tx,
    events.filter((event) => event.type === 'CorridorStatusChanged'),
  );
}
