import { type CueRule } from '../lexicon/coding-data.schema.ts';
import { type Lexicon, type RuleSets } from '../lexicon/coding.lexicon.ts';
import { type SpansOf } from './cue.finder.ts';
import { type MaskedSentence, type Span } from '../text/masked-sentence.ts';
import { type RuleIndex } from './rule.index.ts';
import { mentionSigns, signs } from '../text/signs.ts';
import { everyMatch } from '../text/every-match.ts';

export interface RuleMatch {
  readonly rule: CueRule;
  /** Places in the masked text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What its cues found, in order. */
  readonly cues: readonly Span[];
  /** Numbers of the mentions that the match holds, those joined to them by "and" included. */
  readonly mentions: readonly number[];
}

const clauseWords = '\\b(?:(?<!\\ball )but|while|whereas|although)\\b';
/** A match does not run from one clause to the next, or over another corridor. */
const clauseEnd = new RegExp(`[;?!${mentionSigns}]|${clauseWords}`);
/** What a note names is the corridor that it is tagged with: "the lorries held at C arrive". */
const partEnd = new RegExp(`[;?!]|${clauseWords}`);

const defaultGap = 30;
/** Enough for any honest sentence; a text made of one cue word must not cost more. */
const matchesMax = 8;
const alternativesMax = 4;

/** Where each rule holds in the sentence. */
export function matchRules(
  rules: RuleIndex,
  masked: MaskedSentence,
  { cues, scope }: Pick<RuleSets, 'cues'> & Pick<Lexicon, 'scope'>,
): readonly RuleMatch[] {
  const found = cues.cuesOf(masked.text);
  return (
    rules
      .standingIn(found)
      .flatMap((rule) => matchesOf(rule, masked.text, found.spansOf))
      // The cause of something else is not what was closed: "shut down plants because of …".
      .filter(
        ({ rule, start, end }) =>
          rule.type !== 'status' || !scope.has('cause', masked.text.slice(start, end)),
      )
  );
}

function matchesOf(rule: CueRule, text: string, spansOf: SpansOf): readonly RuleMatch[] {
  const [first, ...steps] = rule.steps;
  if (typeof first !== 'string') return [];
  const matches: RuleMatch[] = [];
  for (const span of spansOf(first)) {
    const path = followSteps(span, steps, text, spansOf, rule.needsTag === true ? partEnd : clauseEnd);
    const last = path?.at(-1);
    if (path === null || last === undefined) continue;
    if (isExcluded(rule, span.start, last.end, text, spansOf)) continue;
    const mentions = mentionsIn(text, span.start, last.end);
    matches.push({ rule, start: span.start, end: last.end, cues: path, mentions });
    if (matches.length === matchesMax) break;
  }
  return matches;
}

/** As far before and behind a match as words still bear on it: "threatened to attack", "ten ships can pass". */
const [reachBefore, reachBehind] = [35, 12];

function isExcluded(
  { unless }: CueRule,
  start: number,
  end: number,
  text: string,
  spansOf: SpansOf,
): boolean {
  if (unless === undefined) return false;
  return spansOf(unless).some(
    (span) =>
      span.start >= start - reachBefore && span.start <= end + reachBehind && !isMonth(text, span.start),
  );
}

/** "Since 6 May" is no "may". */
function isMonth(text: string, at: number): boolean {
  return (
    /(?:\d|in|since|of|until|by|during|from) $/.test(text.slice(Math.max(0, at - 7), at)) &&
    text.startsWith('may', at)
  );
}

/** The first way through the steps; where the nearest place of a cue leads nowhere, the next ones are tried. */
function followSteps(
  at: Span,
  [step, ...rest]: readonly (string | number)[],
  text: string,
  spansOf: SpansOf,
  ends: RegExp,
  gap = defaultGap,
): readonly Span[] | null {
  if (step === undefined) return [at];
  if (typeof step === 'number') return followSteps(at, rest, text, spansOf, ends, step);
  const next = spansOf(step).findIndex(({ start }) => start >= at.end);
  if (next === -1) return null;
  for (const span of spansOf(step).slice(next, next + alternativesMax)) {
    if (!isNear(text.slice(at.end, span.start), gap, ends)) return null;
    const path = followSteps(span, rest, text, spansOf, ends);
    if (path !== null) return [at, ...path];
  }
  return null;
}

/** What stands between commas does not count: "C, the only road to the south, is closed". */
function isNear(between: string, gap: number, ends: RegExp): boolean {
  if (ends.test(between)) return false;
  return between.length <= gap || (between.length <= 130 && /^,[^,]+,\s*(?:which |that )?$/.test(between));
}

const mention = new RegExp(`[${mentionSigns}](\\d+)${signs.end}`, 'g');
const joinedBefore = new RegExp(
  `[${mentionSigns}](\\d+)${signs.end}(?:,| and| or|, and|, or) (?:the |at )?$`,
);
const joinedAfter = new RegExp(
  `^(?:,| and| or|, and|, or) (?:also )?(?:the |at |at the )?[${mentionSigns}](\\d+)${signs.end}`,
);

function mentionsIn(text: string, start: number, end: number): readonly number[] {
  const inside = everyMatch(mention, text.slice(start, end));
  const [first, last] = [inside.at(0), inside.at(-1)];
  if (first === undefined || last === undefined) return [];
  const numbers = inside.map((match) => Number(match[1]));
  const firstAt = start + first.index;
  const before = joinedBefore.exec(text.slice(Math.max(0, firstAt - 40), firstAt));
  const after = joinedAfter.exec(
    text.slice(start + last.index + last[0].length, start + last.index + last[0].length + 40),
  );
  return [...numbers, ...[before, after].flatMap((match) => (match === null ? [] : [Number(match[1])]))];
}
