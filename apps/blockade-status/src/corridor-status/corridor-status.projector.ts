import { type ClaimEvent, isClaimEvent } from '#claims';
import { type RecordedEvent } from '#events';
import { type Projector, type Tx } from '#projection';
import { type Decision, emptyBook, evidenceDaysChanged, type Turn, turnsChanged, turnsOf } from '#status';
import { insertStatusChanges } from '../status-changes/status-change-rows.ts';
import { readKnownStatements, writeVersions } from './claim-rows.ts';
import { claimVersions, noChange, type ClaimVersions } from './claim-versions.ts';
import { type CorridorEvidence, type EvidenceEvent, isEvidenceEvent, learn } from './corridor-evidence.ts';
import { insertDefinitions, writeCorridors } from './corridor-rows.ts';
import { isSettingEvent } from './corridor-settings.ts';
import { type DecisionBook } from './decision.book.ts';
import { EvidenceShelf } from './evidence-shelf.ts';
import { KnownRows } from './known-rows.ts';
import {
  type CorridorRedaction,
  insertRedactions,
  redactRows,
  withoutRedactedQuotes,
} from './redaction-rows.ts';
import { insertSettings } from './setting-rows.ts';
import { decisionsOn, type StatusDecided } from './status-decisions.ts';
import { shippedRules, type StatusRules } from './status-rules.ts';
import { writeEvidenceDays, writeTurns } from './turn-rows.ts';

const reads = [
  'CorridorRegistered',
  'CorridorAmended',
  'StatementCoded',
  'ClaimReviewed',
  'ClaimAdded',
  'StatementRetracted',
  'StatementSuperseded',
  'StatementRedacted',
  'PublisherRegraded',
  'StatusAssessed',
  'AssessmentWithdrawn',
  'FreshnessLapsed',
  'StatusRulesAdopted',
  'CorridorStatusChanged',
  'CorridorStatusCorrected',
] as const;
type Reads = (typeof reads)[number];

/** What a batch of events makes of the corridors it touches. */
interface Course {
  readonly evidences: Map<string, CorridorEvidence>;
  readonly turns: KnownRows<Decision>;
  readonly days: KnownRows<null>;
  readonly decisions: StatusDecided[];
}

/**
 * Keeps claims, definitions, settings, the turns of each corridor's status and its current state, and decides: after
 * every single event, never after a batch, so that all of it is the same however the events are cut into batches.
 */
export function corridorStatusProjector(
  book: DecisionBook,
  rules: StatusRules = shippedRules,
): Projector<Reads> {
  const shelf = new EvidenceShelf(rules);
  return {
    name: 'corridor-status',
    reads,
    apply: async (events, tx) => {
      const evidenceEvents = events.filter(isEvidenceEvent);
      const evidences = await shelf.take(tx, [...new Set(evidenceEvents.map(({ key }) => key))]);
      const versionEvents = evidenceEvents.filter(isVersionEvent);
      const versions = claimVersions(await readKnownStatements(tx, versionEvents), versionEvents);
      const course: Course = { evidences, turns: new KnownRows(), days: new KnownRows(), decisions: [] };
      await meanwhile(writeVersions(tx, versions), () => {
        for (const event of evidenceEvents) go(course, event, versions, rules);
      });
      // Before the transaction commits: after a crash in between, the same decision gets the same event id.
      await book.record(tx, course.decisions);
      shelf.put(evidences.values(), await write(tx, events, course));
    },
  };
}

/** A redaction of a statement that spoke of no corridor is no news here. */
function isVersionEvent(
  event: EvidenceEvent,
): event is Extract<EvidenceEvent, { type: ClaimEvent['type'] | 'StatementRedacted' }> {
  return event.type === 'StatementRedacted' || isClaimEvent(event);
}

/** One event further. */
function go(course: Course, event: EvidenceEvent, { changes }: ClaimVersions, rules: StatusRules): void {
  const before = course.evidences.get(event.key) ?? null;
  const after = learn(before, event, changes.get(event.position) ?? noChange, rules);
  if (after === null) return;
  course.evidences.set(event.key, after);
  const turns =
    before === null ? { ended: [], begun: turnsOf(after.book) } : turnsChanged(before.book, after.book);
  const { corridor, position } = after;
  course.turns.turn(corridor, position, { ended: turns.ended.map(dayOf), begun: turns.begun.map(entryOf) });
  const days = evidenceDaysChanged(before?.book ?? emptyBook(after.book.settings), after.book);
  course.days.turn(corridor, position, { ended: days.ended, begun: days.begun.map((day) => [day, null]) });
  course.decisions.push(...decisionsOn(before, after, turns, event));
}

function dayOf({ from }: Turn): string {
  return from;
}

function entryOf({ from, decision }: Turn): readonly [string, Decision] {
  return [from, decision];
}

/** Postgres writes the many rows of the claims while the decisions are made here. */
async function meanwhile(writing: Promise<void>, work: () => void): Promise<void> {
  try {
    work();
  } finally {
    // Also when the work fails: whoever rolls back needs the connection.
    await writing;
  }
}

async function write(
  tx: Tx,
  events: readonly RecordedEvent<Reads>[],
  { evidences, turns, days }: Course,
): Promise<ReadonlyMap<string, string>> {
  await insertDefinitions(
    tx,
    events.filter((event) => event.type === 'CorridorRegistered' || event.type === 'CorridorAmended'),
  );
  await insertSettings(tx, events.filter(isSettingEvent));
  await writeTurns(tx, turns);
  await writeEvidenceDays(tx, days);
  const versions = await writeCorridors(tx, [...evidences.values()]);
  const redactions = events.filter(
    (event) => event.type === 'StatementRedacted' && event.payload.corridor !== null,
  ) as CorridorRedaction[];
  await insertRedactions(tx, redactions);
  const decided = events.filter(
    (event) => event.type === 'CorridorStatusChanged' || event.type === 'CorridorStatusCorrected',
  );
  await insertStatusChanges(tx, await withoutRedactedQuotes(tx, decided));
  await redactRows(tx, redactions);
  return versions;
}
