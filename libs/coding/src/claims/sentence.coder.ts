import { type Frame, type Voice, voiceOf } from '../voices/frame.ts';
import { type Holder } from '../voices/holder.reader.ts';
import { type Finding } from './claim.assembler.ts';
import { type CodableSentence } from './codable-sentence.ts';
import { frameFor, isNarrated } from './match.holder.ts';
import { type Days, dayOf, daysOf } from './day.chooser.ts';
import { type NamedDay } from './date.resolver.ts';
import { corridorsOf } from './match.corridor.ts';
import { outcomeOf } from './match.outcome.ts';
import { passageOf } from '../passage/passage.reader.ts';
import { type Tie } from '../corridors/corridor.linker.ts';
import { type Span, spanInBody } from '../text/masked-sentence.ts';
import { type Lexicon } from '../lexicon/coding.lexicon.ts';
import { matchRules, type RuleMatch } from '../rules/rule.matcher.ts';

/** In characters of the masked text: "C shut." */
const shortestClaim = 7;

/** Where rules hold in a sentence that speaks of a corridor, by its name or without one. */
export function matchSentence(
  lexicon: Lexicon,
  { masked, focus }: Pick<CodableSentence, 'masked' | 'focus'>,
  isTagged: boolean,
): readonly RuleMatch[] {
  const isTied = masked.mentions.length > 0 || focus !== null;
  if (!isTied || masked.text.length < shortestClaim) return [];
  const { all, topical } = lexicon.rules[isTagged ? 'tagged' : 'untagged'];
  return matchRules(masked.mentions.length > 0 ? all : topical, masked, lexicon);
}

/** What the rules find in one sentence. */
export function findClaims(sentence: CodableSentence, matches: readonly RuleMatch[]): readonly Finding[] {
  if (matches.length === 0) return [];
  const { masked } = sentence;
  const isQuestion = /\?["')\]]*$/.test(masked.text);
  const { publishedAt } = sentence;
  const days = daysOf(masked.text, publishedAt);
  const findings = withoutContradictions(matches).flatMap((match) => {
    const frame = frameFor(match, matches, sentence);
    if (isNarrated(match, masked, frame)) return findingsOf(match, narrated(sentence), undefined, days);
    const isReported = frame?.holders != null;
    // A question asserts nothing but what it reports a named actor as having said.
    if ((isQuestion || sentence.voice.isQuestioner) && !isReported) return [];
    return findingsOf(match, sentence, frame, days);
  });
  return withoutDenied(findings);
}

function narrated(sentence: CodableSentence): CodableSentence {
  const { voice } = sentence;
  return { ...sentence, voice: { ...voice, ...voice.narrator } };
}

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
  if (corridors.length === 0) return [];
  const day = dayOf(match, outcome.modality, sentence, days);
  const passage = passageOf(match, outcome, day, sentence);
  const voice = (frame === undefined ? null : voiceOf(frame, sentence.masked)) ?? sentence.voice;
  return corridors.flatMap(({ corridor, share, ...tie }) => {
    const spoken = isOwnPromise(match, corridor, voice.holders, sentence) ? sentence.voice : voice;
    const why = whyOf(match, tie, spoken, day, sentence);
    return spoken.holders.flatMap((holder): Finding[] => {
      const finding: Finding = {
        corridor,
        ...outcome,
        ...passage,
        presupposed: rule.presupposed ?? false,
        holder,
        validFrom: day?.day ?? null,
        certainty: Math.round((rule.certainty * share) / 100),
        rule,
        end: match.end,
        why,
      };
      if (passage.isOwnPause) return [{ ...finding, type: 'incident', status: null }];
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
  // One convoy that was stopped is no state of the way.
  const singled = matches.filter(({ rule }) => rule.isOfSome === true);
  return matches.filter((match) => {
    const { rule } = match;
    // What is asked for is not so yet.
    if (rule.type !== 'status') return true;
    if (rule.status === 'open') return !asksOrTries.some((other) => overlaps(other, match));
    return rule.presupposed === true || !singled.some((other) => overlaps(other, match));
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
