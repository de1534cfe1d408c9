import { type CorridorStatus, type Flow, type PassageEffect, type Reliability } from '#events';
import { mainOf, primaryFlowsOf } from './primary-flows.ts';
import { type DayOrdinal, localOrdinal, ordinalOf } from './calendar-day.ts';
import { type RuleSet, type Voice } from './rule-set.ts';
import { type BookSettings, type CorridorRules, type StatusClaim } from './status.ts';
import { tellsLasting, tellsSpanning } from './told-by-words.ts';
import { gradeOf, reliabilityOf, sameName, voiceOf } from './voice.ts';

/** What a claim says of passage: a state, that it was made harder, or that someone passed or was turned back. */
export type Says = CorridorStatus | 'narrowed' | 'passed' | 'turned_back';

export const sayings: readonly Says[] = [
  'blocked',
  'restricted',
  'open',
  'narrowed',
  'passed',
  'turned_back',
];

/** An act changes the state; a state is said; a word takes it for granted. */
export type Manner = 'act' | 'state' | 'word';

export interface WeighedClaim {
  readonly claim: StatusClaim;
  readonly says: Says;
  readonly manner: Manner;
  /** Flows that the claim is evidence for; null where it speaks of the way as a whole. */
  readonly flows: readonly Flow[] | null;
  /** The day that the claim speaks of. */
  readonly on: DayOrdinal;
  /** Hundredths, 1 to 100, before it fades. */
  readonly weight: number;
  readonly voice: Voice;
  readonly reliability: Reliability | null;
  /** The one who speaks is the one who publishes. */
  readonly ownWord: boolean;
  /** Rule 5: who knows it. A quoted speaker is one source through however many publishers. */
  readonly source: string;
}

/**
 * What a claim weighs in its corridor, once for each day that it speaks of; nothing when it says nothing about
 * how things are.
 */
export function weighClaim(claim: StatusClaim, settings: BookSettings): readonly WeighedClaim[] {
  const says = saysOf(claim, isException(claim, settings.corridor));
  // Rule 9: announced, conditional and future claims never change a status.
  if (says === null || claim.modality !== 'asserted') return [];
  const { rules, corridor } = settings;
  const grade = gradeOf(claim, settings);
  const voice = voiceOf(claim, says, corridor, grade?.kind);
  const reliability = reliabilityOf(claim, settings);
  const source = reliability === null ? rules.ungradedWeight : rules.reliabilityWeight[reliability];
  const channel = rules.channelWeight[grade?.kind ?? 'news'];
  const weighed = {
    claim,
    says,
    flows: flowsOf(claim, says, corridor),
    weight: weightOf(claim, [source, channel, rules.voiceWeight[voice]], rules),
    voice,
    reliability,
    ownWord: sameName(claim.speaker, claim.publisher),
    source: claim.speaker.trim().toLowerCase(),
  };
  const days = daysSpokenOf(claim, corridor);
  // What was done on a day and lasts is, on the day it is said, a state.
  return days.map((on, index) => ({ ...weighed, on, manner: index === 0 ? mannerOf(claim) : 'state' }));
}

/** The heavier first; equal weights by id, so that the order of arrival does not matter. */
export function heavierFirst(a: WeighedClaim, b: WeighedClaim): number {
  return b.weight - a.weight || compare(a.claim.claimId, b.claim.claimId);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isParty({ voice }: WeighedClaim): boolean {
  return voice === 'party' || voice === 'interested' || voice === 'admission';
}

/** Someone who passed or was turned back, of whom it is not told who, was of the traffic that the corridor is for. */
function flowsOf({ flows }: StatusClaim, says: Says, corridor: CorridorRules): readonly Flow[] | null {
  if (flows.length > 0) return flows;
  return says === 'passed' || says === 'turned_back' ? mainOf(primaryFlowsOf(corridor)) : null;
}

/** Rule 7: opened for some is an exception, not the opening of the way; for all that it mainly exists for, it is that. */
function isException({ flows }: StatusClaim, corridor: CorridorRules): boolean {
  return flows.length > 0 && !mainOf(primaryFlowsOf(corridor)).every((flow) => flows.includes(flow));
}

function saysOf({ type, status, effect }: StatusClaim, exception: boolean): Says | null {
  switch (type) {
    case 'status':
      if (effect === 'opened' && status === 'open' && exception) return 'restricted';
      return effect === 'restricted' && status === 'restricted' ? 'narrowed' : status;
    case 'denial':
      return status;
    case 'incident':
      return effect === null ? null : eventSays(effect, exception);
    default:
      return null;
  }
}

function eventSays(effect: PassageEffect, exception: boolean): Says {
  switch (effect) {
    case 'closed':
      return 'blocked';
    case 'restricted':
      return 'narrowed';
    case 'opened':
      return exception ? 'restricted' : 'open';
    case 'passed':
    case 'turned_back':
      return effect;
  }
}

function mannerOf({ type, effect, presupposed }: StatusClaim): Manner {
  if (type === 'incident' || (type === 'status' && effect !== null)) return 'act';
  return presupposed ? 'word' : 'state';
}

function weightOf(
  { presupposed }: StatusClaim,
  [source, channel, voice]: readonly [number, number, number],
  { presupposedShare }: RuleSet,
): number {
  const spoken = Math.floor((source * channel * voice) / 10_000);
  return Math.max(1, presupposed ? Math.floor((spoken * presupposedShare) / 100) : spoken);
}

/**
 * "Blocked since 12 December" speaks of that day and of the day it is said; "was blocked on 12 December" of one. A count
 * of passages since a day, or between two, is known on the day it is told.
 */
function daysSpokenOf(claim: StatusClaim, { timezone }: CorridorRules): readonly DayOrdinal[] {
  const { type, effect, validFrom, publishedAt } = claim;
  const said = localOrdinal(publishedAt, timezone);
  if (validFrom === null) return [said];
  const from = ordinalOf(validFrom);
  // An asserted claim cannot speak of a day that had not come; the day is then that of something announced.
  if (from >= said) return [said];
  if (effect === 'passed' || effect === 'turned_back') return tellsSpanning(claim) ? [said] : [from];
  return type !== 'incident' && tellsLasting(claim) ? [from, said] : [from];
}
