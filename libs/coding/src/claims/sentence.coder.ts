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
import { toldOnce } from '../passage/told-once.ts';
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
  const { cues, all, topical } = lexicon.rules[isTagged ? 'tagged' : 'untagged'];
  return matchRules(masked.mentions.length > 0 ? all : topical, masked, { cues, scope: lexicon.scope });
}

/** What the rules find in one sentence. */
export function findClaims(sentence: CodableSentence, matches: readonly RuleMatch[]): readonly Finding[] {
  if (matches.length === 0) return [];
  const { masked } = sentence;
  const isQuestion = /\?["')\]]*$/.test(masked.text);
  const { publishedAt } = sentence;
  const days = daysOf(masked.text, publishedAt, sentence.isTagged);
  const told = toldOnce(withoutContradictions(matches), masked.text);
  const findings = told.flatMap((match) => {
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
  const read = outcomeOf(match, sentence.masked.text, sentence.lexicon.scope);
  if (read === null) return [];
  const { rule } = match;
  const corridors = corridorsOf(match, sentence.masked, sentence.focus);
  if (corridors.length === 0) return [];
  const voice = (frame === undefined ? null : voiceOf(frame, sentence.masked)) ?? sentence.voice;
  const isSaid = voice.by !== 'publisher';
  const outcome = rule.onlyReported === true && !isSaid ? { ...read, type: 'status' as const } : read;
  const day = dayOf(match, outcome.modality, sentence, days);
  if (rule.isSinceItsDay === true && day === null) return [];
  const passage = passageOf(match, outcome, day, sentence);
  if (passage.isElsewhere) return [];
  // "For the 43rd day" repeats what was said before (rule 15 of the status rules).
  const isRepeated = outcome.type === 'status' && passage.effect === null && passage.isCounted;
  return corridors.flatMap(({ corridor, share, ...tie }) => {
    const spoken = isOwnPromise(match, corridor, voice.holders, sentence) ? sentence.voice : voice;
    const why = whyOf(match, tie, spoken, day, sentence);
    return spoken.holders.flatMap((holder): Finding[] => {
      const finding: Finding = {
        corridor,
        ...outcome,
        ...passage,
        presupposed: rule.presupposed ?? isRepeated,
        holder,
        validFrom: day?.day ?? null,
        certainty: Math.round((rule.certainty * share) / 100),
        rule,
        end: match.end,
        part: sentence.masked.text.slice(0, match.start).split(';').length,
        why,
      };
      if (passage.isOwnPause) return [{ ...finding, type: 'incident', status: null }];
      // A note that is tagged with the corridor tells what is new; other texts tell of old closures as well.
      const isNews = sentence.isTagged && outcome.type === 'status' && passage.effect !== null;
      const isDated = rule.isEvent === true && day !== null && outcome.modality === 'asserted';
      return isDated || isNews ? [finding, { ...finding, type: 'incident', status: null }] : [finding];
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
  const asks = matches.filter(({ rule }) => rule.type === 'demand' || rule.type === 'commitment');
  // "Deliveries resume" is news where a note tells it, and nobody's wish.
  const resumed = matches.filter(
    (match) =>
      isOpening(match) &&
      match.rule.needsTag === true &&
      !asks.some(
        (other) => overlaps(other, match) && other.start <= match.start && !isWeakPromise(other, match),
      ),
  );
  const tries = matches.filter(({ rule }) => rule.asksToOpen === true);
  // One convoy that was stopped is no state of the way.
  const singled = matches.filter(({ rule }) => rule.isOfSome === true);
  return matches.filter((match) => {
    const { rule } = match;
    if (rule.type !== 'status') return true;
    if (rule.asksToOpen === true) return !resumed.some((other) => overlaps(other, match));
    // What is asked for is not so yet.
    if (
      isOpening(match) &&
      singled.some((other) => overlaps(other, match) && other.rule.certainty > rule.certainty)
    )
      return false;
    if (isOpening(match))
      return resumed.includes(match) || ![...asks, ...tries].some((other) => overlaps(other, match));
    return rule.presupposed === true || !singled.some((other) => overlaps(other, match));
  });
}

/** "Prolongs the opening" sounds like a promise, and is the act itself. */
function isWeakPromise({ rule }: RuleMatch, opening: RuleMatch): boolean {
  return rule.type === 'commitment' && rule.certainty < opening.rule.certainty;
}

function isOpening({ rule }: RuleMatch): boolean {
  return rule.type === 'status' && rule.status === 'open' && rule.onlyAnnounced !== true;
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
          (presupposed ||
            status === 'blocked' ||
            (status === 'restricted' && denial.rule.needsTag === true) ||
            (rule.yieldsToDenial === true && status === denial.status)),
      ),
  );
}
