import { type CorridorStatus, type Reliability } from '#events';
import { type DayOrdinal, localOrdinal, ordinalOf } from './calendar-day.ts';
import { type CorridorRules, type StatusClaim } from './status.ts';
import {
  channelWeight,
  observerNames,
  observerReliability,
  presupposedShare,
  reliabilityWeight,
  ungradedWeight,
  type Voice,
  voiceWeight,
} from './weight.table.ts';

export interface WeighedClaim {
  readonly claim: StatusClaim;
  readonly status: CorridorStatus;
  /** The day that the claim speaks of. */
  readonly on: DayOrdinal;
  /** Hundredths, 1 to 100, before it fades. */
  readonly weight: number;
  readonly voice: Voice;
  readonly reliability: Reliability | null;
  /** The one who speaks is the one who publishes. */
  readonly ownWord: boolean;
}

/**
 * What a claim weighs under the corridor's rules, once for each day that it speaks of; nothing when it says nothing
 * about how things are.
 */
export function weighClaim(claim: StatusClaim, rules: CorridorRules): readonly WeighedClaim[] {
  if (claim.status === null || (claim.type !== 'status' && claim.type !== 'denial')) return [];
  // Announced, conditional and future claims never change a status.
  if (claim.modality !== 'asserted') return [];
  const voice = voiceOf(claim, claim.status, rules);
  const reliability = reliabilityOf(claim, rules);
  const weighed = {
    claim,
    status: claim.status,
    weight: weightOf(claim, voice, reliability),
    voice,
    reliability,
    ownWord: sameName(claim.speaker, claim.publisher),
  };
  return daysSpokenOf(claim, rules).map((on) => ({ ...weighed, on }));
}

/** "Blocked since 12 December" speaks of that day and of the day it is said; "was blocked on 12 December" of one. */
function daysSpokenOf(
  { validFrom, publishedAt, quote }: StatusClaim,
  rules: CorridorRules,
): readonly DayOrdinal[] {
  const said = localOrdinal(publishedAt, rules.timezone);
  if (validFrom === null) return [said];
  const from = ordinalOf(validFrom);
  return from < said && lasting.test(quote) ? [from, said] : [from];
}

const lasting = /\b(?:since|still|remains?|ongoing|continu(?:es?|ing)|ha(?:s|ve) (?:now )?been)\b/i;

/** The heavier first; equal weights by id, so that the order of arrival does not matter. */
export function heavierFirst(a: WeighedClaim, b: WeighedClaim): number {
  return (
    b.weight - a.weight ||
    (a.claim.claimId < b.claim.claimId ? -1 : a.claim.claimId > b.claim.claimId ? 1 : 0)
  );
}

export function isParty({ voice }: WeighedClaim): boolean {
  return voice === 'party' || voice === 'interested' || voice === 'admission';
}

function weightOf(claim: StatusClaim, voice: Voice, reliability: Reliability | null): number {
  const source = reliability === null ? ungradedWeight : reliabilityWeight[reliability];
  const channel = channelWeight[claim.grade?.kind ?? 'news'];
  const spoken = Math.floor((source * channel * voiceWeight[voice]) / 10_000);
  return Math.max(1, claim.presupposed ? Math.floor((spoken * presupposedShare) / 100) : spoken);
}

function voiceOf(claim: StatusClaim, status: CorridorStatus, rules: CorridorRules): Voice {
  const own = sameName(claim.speaker, claim.publisher);
  if (isNamed(claim.speaker, rules.parties) || (own && claim.grade?.kind === 'party')) {
    if (status === 'open') return 'interested';
    return ownAct.test(claim.quote) ? 'admission' : 'party';
  }
  if (isObserver(claim.speaker, rules)) return 'observer';
  return own ? 'publisher' : 'other';
}

/** "We have closed …": the party speaks of its own act. Any other closure may be the other side's. */
const ownAct =
  /\b(?:we|we['’]ve) (?:have |had |were forced to |had to )?(?:temporarily )?(?:close|closed|shut|block|blocked|suspend|suspended|halted|stopped|restricted|barred)\b/i;

function reliabilityOf({ grade, publisher }: StatusClaim, rules: CorridorRules): Reliability | null {
  if (grade !== null) return grade.reliability;
  return isObserver(publisher, rules) ? observerReliability : null;
}

function isObserver(name: string, rules: CorridorRules): boolean {
  return isNamed(name, rules.operators) || observerNames.includes(fold(name));
}

function isNamed(name: string, names: readonly string[]): boolean {
  return names.some((other) => sameName(name, other));
}

function sameName(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
