import { type ClaimEvent, isClaimEvent } from '#claims';
import { type CorridorDefinition, type RecordedEvent } from '#events';
import {
  addClaims,
  type BookSettings,
  type DerivedState,
  emptyBook,
  type EvidenceBook,
  type Lapse,
  latestDecision,
  nextLapse,
  replaceClaims,
  stateWith,
  statusClaimOf,
  withSettings,
} from '#status';
import { type ClaimChange, type StoredClaim } from './claim-versions.ts';
import {
  firstSettings,
  isSettingEvent,
  type SettingEvent,
  settingOf,
  withDefinition,
  withSetting,
} from './corridor-settings.ts';
import { type StatusRules } from './status-rules.ts';

/** The events that a corridor's status is made of. */
export type EvidenceEvent =
  | RecordedEvent<'CorridorRegistered' | 'CorridorAmended'>
  | RecordedEvent<ClaimEvent['type'] | 'StatementRedacted'>
  | SettingEvent;

/** What is known of a corridor after some ledger position. */
export interface CorridorEvidence {
  readonly corridor: string;
  readonly definition: CorridorDefinition;
  readonly book: EvidenceBook;
  readonly position: number;
}

/** Beyond every day with evidence: the state there is the latest one, which goes on without news. */
const latest = '9999-12-31';

export function evidenceOf(
  corridor: string,
  definition: CorridorDefinition,
  settings: BookSettings,
  claims: readonly StoredClaim[],
  position: number,
): CorridorEvidence {
  const book = addClaims(emptyBook(settings), claims.map(statusClaimOf));
  return { corridor, definition, book, position };
}

/** The latest, with its evidence; dear, so asked for where it is written or told, not after each event. */
export function stateOf({ book }: CorridorEvidence): DerivedState {
  return stateWith(latestDecision(book), book, latest);
}

/** What time alone will make of the status, one after the other. */
export function lapsesAhead(book: EvidenceBook): readonly Lapse[] {
  const lapse = nextLapse(book);
  if (lapse === null) return [];
  return [lapse, ...lapsesAhead(withSettings(book, { ...book.settings, clock: lapse.day }))];
}

/**
 * One event further, with what it changes among the claims. Events about a corridor that was never registered are of
 * no use to anyone: the registry codes registered corridors alone, and their registration comes before, under the
 * same key.
 * @throws UnknownRulesError
 */
export function learn(
  evidence: CorridorEvidence | null,
  event: EvidenceEvent,
  { gone, come }: ClaimChange,
  rules: StatusRules,
): CorridorEvidence | null {
  const { position } = event;
  if (event.type === 'CorridorRegistered' || event.type === 'CorridorAmended') {
    const { corridor, definition } = event.payload;
    if (evidence === null)
      return evidenceOf(corridor, definition, firstSettings(definition, rules), [], position);
    const settings = withDefinition(evidence.book.settings, definition);
    return { ...evidence, definition, book: withSettings(evidence.book, settings), position };
  }
  if (evidence === null) return null;
  return { ...evidence, book: bookAfter(evidence.book, event, { gone, come }, rules), position };
}

function bookAfter(
  book: EvidenceBook,
  event: RecordedEvent<ClaimEvent['type'] | 'StatementRedacted'> | SettingEvent,
  { gone, come }: ClaimChange,
  rules: StatusRules,
): EvidenceBook {
  if (isSettingEvent(event)) return withSettings(book, withSetting(book.settings, settingOf(event), rules));
  return replaceClaims(book, gone.map(statusClaimOf), come.map(statusClaimOf));
}

export function isEvidenceEvent(event: RecordedEvent): event is EvidenceEvent {
  return (
    event.type === 'CorridorRegistered' ||
    event.type === 'CorridorAmended' ||
    isClaimEvent(event) ||
    event.type === 'StatementRedacted' ||
    isSettingEvent(event)
  );
}
