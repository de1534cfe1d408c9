import { type ClaimType } from '#events';
import { type Frame, frameOf, type Voice, voiceOf } from './frame.ts';
import { type Holder } from './holder.reader.ts';
import { mainSubject } from './subject.reader.ts';
import { type Finding } from './claim.assembler.ts';
import { type Days, dayOf, daysOf } from './day.chooser.ts';
import { type NamedDay } from './date.resolver.ts';
import { corridorsOf } from './match.corridor.ts';
import { outcomeOf } from './match.outcome.ts';
import { type Focus, type Tie } from './corridor.linker.ts';
import { type MaskedSentence, type Span, spanInBody } from './masked-sentence.ts';
import { signs } from './signs.ts';
import { type Lexicon } from './coding.lexicon.ts';
import { matchRules, type RuleMatch } from './rule.matcher.ts';
import { type DefaultVoice } from './speaker.tracker.ts';

export interface CodableSentence {
  readonly lexicon: Lexicon;
  readonly masked: MaskedSentence;
  readonly frames: readonly Frame[];
  readonly voice: DefaultVoice;
  /** The corridor that it may speak of without naming one. */
  readonly focus: Focus | null;
  readonly publishedAt: string;
  readonly isPartyOf: (corridor: string, speaker: string) => boolean;
}

/** In characters of the masked text: "C shut." */
const shortestClaim = 7;

/** Where rules hold in a sentence that speaks of a corridor, by its name or without one. */
export function matchSentence(
  lexicon: Lexicon,
  { masked, focus }: Pick<CodableSentence, 'masked' | 'focus'>,
): readonly RuleMatch[] {
  const isTied = masked.mentions.length > 0 || focus !== null;
  if (!isTied || masked.text.length < shortestClaim) return [];
  const rules = masked.mentions.length > 0 ? lexicon.rules : lexicon.topicalRules;
  return matchRules(rules, masked, lexicon);
}

/** What the rules find in one sentence. */
export function findClaims(sentence: CodableSentence, matches: readonly RuleMatch[]): readonly Finding[] {
  if (matches.length === 0) return [];
  const { masked } = sentence;
  const isQuestion = /\?["')\]]*$/.test(masked.text);
  const { publishedAt } = sentence;
  const days = daysOf(masked.text, publishedAt);
  const findings = withoutContradictions(matches).flatMap((match) => {
    const frame =
      ownFrame(match, sentence) ?? subjectOf(match, matches, masked) ?? undertakenBy(match, sentence);
    if (isNarrated(match, masked, frame))
      return findingsOf(
        match,
        { ...sentence, voice: { ...sentence.voice, ...sentence.voice.narrator } },
        undefined,
        days,
      );
    const isReported = frame?.holders != null;
    // A question asserts nothing but what it reports a named actor as having said.
    if ((isQuestion || sentence.voice.isQuestioner) && !isReported) return [];
    return findingsOf(match, sentence, frame, days);
  });
  return withoutDenied(findings);
}

/** Who plans, asks or undertakes holds that, and not the newspaper that reports it. */
function ownFrame(match: RuleMatch, { lexicon, masked, frames }: CodableSentence): Frame | undefined {
  const frame = frameOf(frames, match.start);
  const { states } = lexicon.actors;
  const isReport =
    frame?.coversBefore === true &&
    frame.start >= match.end &&
    frame.holders?.every(({ speaker, person }) => person === null && !states.has(speaker)) === true;
  const isOwn = match.rule.onlyAnnounced === true || ownTypes.has(match.rule.type);
  if (!isReport || !isOwn) return frame;
  const main = mainSubject(lexicon.speech, masked, null);
  const isState = main?.holders?.some(({ speaker }) => states.has(speaker)) === true;
  return isState && main.start < match.start ? { ...frame, holders: main.holders } : frame;
}

/** A newspaper tells what a state undertakes; the state holds it. */
function undertakenBy(match: RuleMatch, { lexicon, masked, voice }: CodableSentence): Frame | undefined {
  const { states } = lexicon.actors;
  if (match.rule.type !== 'commitment' || voice.by !== 'publisher') return undefined;
  if (voice.holders.some(({ speaker }) => states.has(speaker))) return undefined;
  const main = mainSubject(lexicon.speech, masked, null);
  if (main?.holders?.every(({ speaker }) => states.has(speaker)) !== true || main.start >= match.start)
    return undefined;
  return { holders: main.holders, rank: 'speaker', start: main.start, end: match.start, coversBefore: false };
}

/** "…," said Doe, who had walked along the road: what follows the name is the text's own. */
function isNarrated({ start }: RuleMatch, { text }: MaskedSentence, frame: Frame | undefined): boolean {
  if (frame?.coversBefore !== true || start < frame.end) return false;
  return /^[^"]{0,120}?, (?:(?:some|many|most|all) of )?(?:who|whose|whom)\b[^"]*$/.test(
    text.slice(frame.end, start),
  );
}

const ownTypes: ReadonlySet<ClaimType> = new Set(['demand', 'commitment']);

/**
 * Where no words of speaking lead to a demand, its subject holds it: "the court issued orders that …", "members …
 * urging …". What the demand takes for granted has the same holder.
 */
function subjectOf(
  match: RuleMatch,
  matches: readonly RuleMatch[],
  { text, actors }: MaskedSentence,
): Frame | undefined {
  const demand = matches.find(
    ({ rule, start, end }) => rule.isHeldBySubject === true && start <= match.start && match.start < end,
  );
  if (demand === undefined) return undefined;
  const found = subject.exec(text.slice(0, demand.start));
  const actor = actors[Number(found?.[2])];
  if (actor?.isKnown !== true || noSubject.test(found?.[1] ?? '')) return undefined;
  const holders = [{ speaker: actor.speaker, person: actor.person }];
  const start = found === null ? 0 : found.index + (found[1]?.length ?? 0);
  return { holders, rank: 'speaker', start, end: demand.start, coversBefore: false };
}

const subject = new RegExp(
  `^([^${signs.actor}]{0,60})${signs.actor}(\\d+)${signs.end}[^${signs.actor}]{0,110}`,
);
/** The one after these is not the one who asks. */
const noSubject = /\b(?:despite|ignor\w+|reject\w*|under|by|for|to|against|the people of)(?: the)? $/;

function findingsOf(
  match: RuleMatch,
  sentence: CodableSentence,
  frame: Frame | undefined,
  days: Days,
): readonly Finding[] {
  const outcome = outcomeOf(match, sentence.masked.text, sentence.lexicon.scope);
  if (outcome === null) return [];
  const { rule } = match;
  const corridors = corridorsOf(match, sentence.masked, sentence.focus);
  const day = dayOf(match, outcome.modality, sentence, days);
  const voice = (frame === undefined ? null : voiceOf(frame, sentence.masked)) ?? sentence.voice;
  return corridors.flatMap(({ corridor, share, ...tie }) => {
    const spoken = isOwnPromise(match, corridor, voice.holders, sentence) ? sentence.voice : voice;
    const why = whyOf(match, tie, spoken, day, sentence);
    return spoken.holders.flatMap((holder): Finding[] => {
      const finding: Finding = {
        corridor,
        ...outcome,
        presupposed: rule.presupposed ?? false,
        holder,
        validFrom: day?.day ?? null,
        certainty: Math.round((rule.certainty * share) / 100),
        rule,
        end: match.end,
        why,
      };
      const isEvent = rule.isEvent === true && day !== null && outcome.modality === 'asserted';
      return isEvent ? [finding, { ...finding, type: 'incident', status: null }] : [finding];
    });
  });
}

function whyOf(
  { cues }: RuleMatch,
  { by, span }: { readonly by: Tie; readonly span: Span | null },
  voice: Voice,
  day: NamedDay | null,
  { masked }: CodableSentence,
): Finding['why'] {
  return {
    cues: cues.map((cue) => spanInBody(masked, cue)),
    corridor: { by, span },
    speaker: { by: voice.by, span: voice.span },
    validFrom: day === null ? null : spanInBody(masked, day),
  };
}

/** Who promises to reopen what they closed themselves does not admit it; the one who reports it says so. */
function isOwnPromise(
  { rule }: RuleMatch,
  corridor: string,
  holders: readonly Holder[],
  { lexicon, masked, isPartyOf }: CodableSentence,
): boolean {
  if (rule.presupposed !== true || rule.type !== 'status') return false;
  return (
    lexicon.scope.has('ownPromise', masked.text) &&
    holders.every(({ speaker }) => isPartyOf(corridor, speaker))
  );
}

function withoutContradictions(matches: readonly RuleMatch[]): readonly RuleMatch[] {
  const overlaps = (a: RuleMatch, b: RuleMatch) => a.start < b.end && b.start < a.end;
  const asksOrTries = matches.filter(
    ({ rule }) => rule.type === 'demand' || rule.type === 'commitment' || rule.asksToOpen === true,
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
          (presupposed || status === 'blocked' || (rule.yieldsToDenial === true && status === denial.status)),
      ),
  );
}
