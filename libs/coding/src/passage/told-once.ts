import { type RuleMatch } from '../rules/rule.matcher.ts';
import { type Span } from '../text/masked-sentence.ts';

/**
 * What a note tells once is one thing: "ships sail daily" is a state and no event, lorries that "have turned back into"
 * a country have not passed into it, and ships that wait are late where nothing else is told to be closed.
 */
export function toldOnce(matches: readonly RuleMatch[], text: string): readonly RuleMatch[] {
  const routine = matches.filter(({ rule }) => rule.isRoutine === true);
  const delays = matches.filter(({ rule }) => rule.isDelay === true);
  const passed = matches.filter(({ rule }) => rule.effect === 'passed');
  const turned = matches.filter(({ rule }) => rule.effect === 'turned_back');
  const closures = matches.filter(
    ({ rule }) => rule.status === 'blocked' && rule.presupposed !== true && rule.onlyAnnounced !== true,
  );
  return matches.filter((match) => {
    const { rule } = match;
    if (rule.effect === 'passed')
      return (
        !routine.some(inOnePart(match, text)) && !turned.some((other) => isOfOneVerb(match, other, text))
      );
    if (turned.includes(match)) return !passed.some((other) => wasBefore(match, other, text));
    if (rule.type === 'demand') return !matches.some((other) => isNoDemand(match, other));
    if (rule.isDelay === true) return closures.every(overlapping(match));
    return !closures.includes(match) || !delays.some(overlapping(match));
  });
}

function overlapping(match: Span) {
  return (other: Span): boolean => match.start < other.end && other.start < match.end;
}

/** "Lorries held at the gate for months arrive". */
function wasBefore({ cues }: RuleMatch, passed: RuleMatch, text: string): boolean {
  const back = cues.at(-1);
  if (back === undefined || back.start < passed.start || back.end > passed.end) return false;
  return isParticiple.test(text.slice(back.start)) && !auxiliary.test(text.slice(passed.start, back.start));
}

const isParticiple = /^(?:held|stopped|stranded|stuck|blocked|refused|detained|denied|turned)\b/;
const auxiliary = /\b(?:is|are|was|were|been|being|has|have|had|gets?|got)(?: \w+ly)? $/;

/** "Have let vehicles pass", "orders it to be opened": done, or ordered by those who can. */
function isNoDemand(demand: RuleMatch, other: RuleMatch): boolean {
  const isDone =
    other.rule.effect === 'passed' && other.cues.some((cue) => demand.cues.some(overlapping(cue)));
  return (
    isDone ||
    (other.rule.onlyAnnounced === true && other.rule.status === 'open' && overlapping(demand)(other))
  );
}

/** "Goods pass on working days, hundreds of loads a day" is told of one state. */
function inOnePart(match: Span, text: string) {
  return (other: Span): boolean =>
    !text.slice(Math.min(match.end, other.end), Math.max(match.start, other.start)).includes(';');
}

const nextVerb = /[,;:]|\b(?:and|but|then|while)\b/;

/** "Have turned back into": the way back is no way through. */
function isOfOneVerb(passed: RuleMatch, { cues, end }: RuleMatch, text: string): boolean {
  const back = cues.at(-1);
  const through = passed.cues.at(-1);
  if (back === undefined || through === undefined) return false;
  if (overlapping(back)(through)) return true;
  if (isParticiple.test(text.slice(back.start)) && !auxiliary.test(text.slice(0, back.start))) return false;
  return back.start >= passed.start && end <= passed.end && !nextVerb.test(text.slice(end, through.start));
}
