import { type ClaimType } from '#events';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { signs } from '../text/signs.ts';
import { type Frame, frameOf } from '../voices/frame.ts';
import { mainSubject } from '../voices/subject.reader.ts';
import { type CodableSentence } from './codable-sentence.ts';

/** The words that tell who holds what a rule found; undefined leaves it to the voice of the text. */
export function frameFor(
  match: RuleMatch,
  matches: readonly RuleMatch[],
  sentence: CodableSentence,
): Frame | undefined {
  return (
    ownFrame(match, sentence) ?? subjectOf(match, matches, sentence.masked) ?? undertakenBy(match, sentence)
  );
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
export function isNarrated(
  { start }: RuleMatch,
  { text }: MaskedSentence,
  frame: Frame | undefined,
): boolean {
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
