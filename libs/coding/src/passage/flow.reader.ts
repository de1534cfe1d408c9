import { flow, type Flow } from '#events';
import { type CodingData } from '../lexicon/coding-data.schema.ts';
import { compilePatterns } from '../rules/cue.pattern.ts';
import { everyMatch } from '../text/every-match.ts';

export interface ToldFlows {
  /** In the order of the words; none where a clause speaks of the way as a whole. */
  readonly flows: readonly Flow[];
  /** By words that several classes share, such as "trucks". */
  readonly isLoose: boolean;
}

/** The classes of traffic that a clause speaks of. */
export type FlowsIn = (clause: string) => ToldFlows;

interface FlowWord {
  /** Null for words that look like a flow and are none: "the humanitarian situation". */
  readonly flow: Flow | null;
  readonly start: number;
  readonly end: number;
}

type FlowPatterns = readonly { readonly flow: Flow | null; readonly expression: RegExp }[];

const people: ReadonlySet<Flow> = new Set<Flow>(['civilians', 'medical_evacuation', 'staff']);

export function compileFlows({ flows, looseFlows, phrases }: CodingData): FlowsIn {
  const none = { flow: null, expression: compilePatterns(phrases.noFlow) };
  const [strict, loose] = [
    [none, ...compiled(flows)],
    [none, ...compiled(looseFlows)],
  ] as const;
  const goods = [none, ...compiled(looseFlows)].filter(
    ({ flow: each }) => each === null || each === 'commercial',
  );
  const whole = compilePatterns(phrases.allTraffic);
  return (clause) => {
    if (clause.search(whole) !== -1) return { flows: [], isLoose: false };
    const named = flowsOf(strict, clause);
    if (named.length === 0) return { flows: flowsOf(loose, clause), isLoose: true };
    // "52 lorries and 21 buses".
    const isOfPeople = named.every((each) => people.has(each));
    return { flows: isOfPeople ? [...named, ...flowsOf(goods, clause)] : named, isLoose: false };
  };
}

/** Several findings of a sentence stand in one clause. */
export function remembering(flowsIn: FlowsIn): FlowsIn {
  const known = new Map<string, ToldFlows>();
  return (clause) => {
    const told = known.get(clause) ?? flowsIn(clause);
    known.set(clause, told);
    return told;
  };
}

function compiled(patterns: CodingData['flows']): FlowPatterns {
  return flow.options.flatMap((each) => {
    const written = patterns[each];
    // The longest first, since the first that fits wins.
    const ranked = written.toSorted((a, b) => b.split(' ').length - a.split(' ').length);
    return written.length === 0 ? [] : [{ flow: each, expression: compilePatterns(ranked) }];
  });
}

function flowsOf(patterns: FlowPatterns, clause: string): readonly Flow[] {
  const words = patterns.flatMap(({ flow: each, expression }) =>
    everyMatch(expression, clause).map(({ 0: word, index }): FlowWord => ({
      flow: each,
      start: index,
      end: index + word.length,
    })),
  );
  const said = new Set(words.filter((word) => !words.some((other) => holds(other, word))).map(flowOf));
  return flow.options.filter((each) => said.has(each));
}

/** "Aid workers" are no aid. */
function holds(longer: FlowWord, { start, end }: FlowWord): boolean {
  return longer.start <= start && longer.end >= end && longer.end - longer.start > end - start;
}

function flowOf(word: FlowWord): Flow | null {
  return word.flow;
}
