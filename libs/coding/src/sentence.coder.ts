import { type CorridorStatus } from '#events';
import { type Frame, frameOf, type Holder } from './attribution.ts';
import { type Finding } from './claim.assembler.ts';
import { findDays, type NamedDay } from './date.resolver.ts';
import { type MaskedSentence } from './masked-sentence.ts';
import { matchRules, type RuleMatch } from './rule.matcher.ts';
import { cueRules } from './rule.table.ts';
import { governorsOf, isHypothetical, isNegated, isNoLonger, isScareQuoted, modalityOf } from './scope.ts';
import { type DefaultVoice } from './speaker.tracker.ts';

export interface CodableSentence {
  readonly masked: MaskedSentence;
  readonly frames: readonly Frame[];
  readonly voice: DefaultVoice;
  /** The corridor that it may speak of without naming one. */
  readonly focus: string | null;
  readonly publishedAt: string;
  readonly isPartyOf: (corridor: string, speaker: string) => boolean;
}

/** What the rules find in one sentence. */
export function findClaims(sentence: CodableSentence): readonly Finding[] {
  const { masked } = sentence;
  if (masked.mentions.length === 0 && sentence.focus === null) return [];
  const matches = matchRules(cueRules, masked);
  if (matches.length === 0) return [];
  const isQuestion = /\?["')\]]*$/.test(masked.text);
  const days = findDays(masked.text, sentence.publishedAt);
  const findings = withoutContradictions(matches).flatMap((match) => {
    const frame = frameOf(sentence.frames, match.start);
    const isReported = frame?.holders != null;
    // A question asserts nothing but what it reports a named actor as having said.
    if ((isQuestion || sentence.voice.isQuestioner) && !isReported) return [];
    return findingsOf(match, sentence, frame, days);
  });
  return withoutDenied(findings);
}

function findingsOf(
  match: RuleMatch,
  sentence: CodableSentence,
  frame: Frame | undefined,
  days: readonly NamedDay[],
): readonly Finding[] {
  const outcome = outcomeOf(match, sentence.masked.text);
  if (outcome === null) return [];
  const { rule } = match;
  const corridors = corridorsOf(match, sentence);
  const day = dayOf(match, sentence.frames, days);
  const holders = frame?.holders ?? sentence.voice.holders;
  return corridors.flatMap(({ corridor, share }) => {
    const spoken = isOwnPromise(match, corridor, holders, sentence) ? sentence.voice.holders : holders;
    return spoken.flatMap((holder): Finding[] => {
      const finding: Finding = {
        corridor,
        ...outcome,
        presupposed: rule.presupposed ?? false,
        holder,
        validFrom: day,
        certainty: Math.round((rule.certainty * share) / 100),
        rule: rule.id,
        end: match.end,
      };
      const isEvent = rule.isEvent === true && day !== null && outcome.modality === 'asserted';
      return isEvent ? [finding, { ...finding, type: 'incident', status: null }] : [finding];
    });
  });
}

/** What the match says once negation, condition and exceptions are heard; null when it says nothing. */
function outcomeOf(
  { rule, start, end }: RuleMatch,
  text: string,
): Pick<Finding, 'type' | 'status' | 'modality'> | null {
  const matched = text.slice(start, end);
  const governors = governorsOf(text, start);
  const isState = rule.type === 'status' || rule.type === 'denial';
  if (isState && (isHypothetical(governors, matched) || isScareQuoted(text, start, end))) return null;
  const modality = rule.presupposed === true ? 'asserted' : modalityOf(governors, matched);
  if (rule.onlyAnnounced === true) {
    const announced = modality === 'asserted' ? 'future' : modality;
    return isNegated(governors, matched) ? null : { type: 'status', status: 'blocked', modality: announced };
  }
  if (rule.ignoresNegation !== true && isNegated(governors, matched)) {
    return rule.negated === undefined ? null : { ...rule.negated, modality };
  }
  if (rule.status === undefined)
    return {
      type: rule.type,
      status: null,
      modality: isState ? modality : spokenModality(rule.type, modality),
    };
  if (rule.presupposed !== true && isNoLonger(governors, matched))
    return { type: rule.type, status: rule.status === 'open' ? 'blocked' : 'open', modality };
  return {
    type: rule.type,
    status: withExceptions(rule.status, matched, text.slice(end, end + 70)),
    modality,
  };
}

/** Blame and demands are made now, whatever they ask for. */
function spokenModality(type: Finding['type'], modality: Finding['modality']): Finding['modality'] {
  return type === 'demand' || type === 'condemnation' ? 'asserted' : modality;
}

const mostly =
  /\b(?:largely|mostly|partially|partly|almost entirely|nearly|intermittently|selectively|semi)\b/;
const toMost =
  /^[^.;]{0,25}?\b(?:to|for) (?:most|almost all|nearly all|many|some|all but|non-|commercial|civilian)|^[^.;]{0,40}\b(?:except|apart from|other than|allowing only)\b/;
const onlySome = /\b(?:only|partially|partly|limited|one-way|one way)\b/;

function withExceptions(status: CorridorStatus, matched: string, after: string): CorridorStatus {
  if (status === 'blocked') return mostly.test(matched) || toMost.test(after) ? 'restricted' : 'blocked';
  if (status === 'open')
    return onlySome.test(matched) || onlySome.test(after.slice(0, 40)) ? 'restricted' : 'open';
  return status;
}

/** Share of certainty: a name is sure, "the road" less, a sentence without either least. */
function corridorsOf(
  { rule, mentions }: RuleMatch,
  { masked, focus }: CodableSentence,
): readonly { readonly corridor: string; readonly share: number }[] {
  const named = mentions.length > 0 ? mentions.map((number) => masked.mentions[number]) : masked.mentions;
  const shares = new Map<string, number>();
  for (const mention of named) {
    if (mention === undefined) continue;
    shares.set(mention.corridor, Math.max(shares.get(mention.corridor) ?? 0, mention.isName ? 100 : 90));
  }
  if (mentions.length === 0 && shares.size > 1) return [];
  if (shares.size === 0 && rule.isTopical === true && focus !== null) shares.set(focus, 75);
  return [...shares].map(([corridor, share]) => ({ corridor, share }));
}

/** Who promises to reopen what they closed themselves does not admit it; the one who reports it says so. */
function isOwnPromise(
  { rule }: RuleMatch,
  corridor: string,
  holders: readonly Holder[],
  { masked, isPartyOf }: CodableSentence,
): boolean {
  if (rule.presupposed !== true || rule.type !== 'status') return false;
  return (
    /\b(?:agreed|decision|promis\w+|offer\w*|allowing)\b/.test(masked.text) &&
    holders.every(({ speaker }) => isPartyOf(corridor, speaker))
  );
}

const openingRules: ReadonlySet<string> = new Set([
  'reopening',
  'want-open',
  'want-to-see-open',
  'must-open',
  'must-be-reopened',
  'try-to-open',
]);

function withoutContradictions(matches: readonly RuleMatch[]): readonly RuleMatch[] {
  const overlaps = (a: RuleMatch, b: RuleMatch) => a.start < b.end && b.start < a.end;
  const asksOrTries = matches.filter(
    ({ rule }) => rule.type === 'demand' || rule.type === 'commitment' || openingRules.has(rule.id),
  );
  return matches.filter((match) => {
    const { rule } = match;
    // What is asked for is not so yet.
    if (rule.type === 'status' && rule.status === 'open')
      return !asksOrTries.some((other) => overlaps(other, match));
    return true;
  });
}

/** Who disputes a closure does not take it for granted in the same breath. */
function withoutDenied(findings: readonly Finding[]): readonly Finding[] {
  const denied = findings.filter(({ type }) => type === 'denial');
  if (denied.length === 0) return findings;
  return findings.filter(
    ({ type, status, presupposed, corridor, rule }) =>
      type !== 'status' ||
      !denied.some(
        (denial) =>
          denial.corridor === corridor &&
          (presupposed || status === 'blocked' || (rule === 'open' && status === denial.status)),
      ),
  );
}

const madeOnADay: ReadonlySet<string> = new Set(['demand', 'condemnation', 'commitment', 'engagement']);

function dayOf(
  { rule, start, end }: RuleMatch,
  frames: readonly Frame[],
  days: readonly NamedDay[],
): string | null {
  const isOfSaying = (day: NamedDay) =>
    frames.some(
      (frame) =>
        (day.start >= frame.end && day.start - frame.end <= 24) ||
        (day.end <= frame.start && frame.start - day.end <= 3) ||
        (day.start >= frame.start && day.end <= frame.end),
    );
  if (madeOnADay.has(rule.type))
    return (days.find(isOfSaying) ?? days.find(({ isBeginning }) => !isBeginning))?.day ?? null;
  if (rule.presupposed === true && rule.id !== 'blockade') return null;
  const own = days.filter((day) => !isOfSaying(day));
  const near = own.filter(
    (day) => Math.max(day.start - end, start - day.end) <= (rule.type === 'incident' ? 90 : 60),
  );
  return (
    (near.find(({ isBeginning }) => isBeginning) ?? (rule.presupposed === true ? undefined : near[0]))?.day ??
    null
  );
}
