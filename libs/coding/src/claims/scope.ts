import { type Claim } from '#events';
import { type PhraseName } from '../lexicon/coding-data.lists.ts';
import { type CodingData } from '../lexicon/coding-data.schema.ts';
import { compilePatterns, sourceOf } from '../rules/cue.pattern.ts';
import { everyMatch } from '../text/every-match.ts';

export type Modality = Claim['modality'];

export type ScopeName = Extract<
  PhraseName,
  | 'clauseBreak'
  | 'negator'
  | 'notNegator'
  | 'noLonger'
  | 'future'
  | 'conditional'
  | 'hypothesis'
  | 'scare'
  | 'staysOpen'
  | 'mostly'
  | 'onlySome'
  | 'cause'
  | 'ownPromise'
  | 'condition'
  | 'wouldBe'
  | 'counterfactual'
  | 'lasting'
  | 'formerly'
  | 'passive'
  | 'toldPassive'
  | 'doneBy'
  | 'pause'
  | 'harmed'
  | 'notThrough'
  | 'byAir'
  | 'goingOn'
  | 'dayCount'
  | 'openedFor'
  | 'regular'
  | 'anotherWay'
>;

export interface ScopePatterns {
  readonly has: (name: ScopeName, text: string) => boolean;
  /** Clauses end here; what a "not" or a "will" governs ends with its clause. */
  readonly clauseEnd: RegExp;
  readonly notNegator: RegExp;
}

export function compileScope({ phrases }: CodingData): ScopePatterns {
  const patterns = new Map(Object.entries(phrases).map(([name, list]) => [name, compilePatterns(list)]));
  return {
    has: (name, text) => text.search(patterns.get(name) ?? nothing) !== -1,
    clauseEnd: new RegExp(`[,;:—"?!]|\\b${sourceOf(phrases.clauseBreak)}\\b`, 'g'),
    notNegator: patterns.get('notNegator') ?? nothing,
  };
}

const nothing = /(?!)/;

/** The part of the sentence before a match that can govern it. */
export function governorsOf({ clauseEnd }: ScopePatterns, text: string, start: number): string {
  const before = text.slice(Math.max(0, start - 160), start);
  let clause = 0;
  for (const match of everyMatch(clauseEnd, before)) clause = match.index + match[0].length;
  return before.slice(clause);
}

export function isNegated({ has, notNegator }: ScopePatterns, governors: string, matched: string): boolean {
  const near = governors.slice(-40) + matched;
  return has('negator', near.replace(notNegator, ''));
}

/** "No longer closed" says the opposite without disputing anyone. */
export function isNoLonger({ has }: ScopePatterns, governors: string, matched: string): boolean {
  return has('noLonger', governors.slice(-40) + matched);
}

/** "If the road is closed, …" says nothing about the road. */
export function isHypothetical({ has }: ScopePatterns, governors: string, matched: string): boolean {
  return has('hypothesis', governors) || has('hypothesis', matched);
}

export function isScareQuoted({ has }: ScopePatterns, text: string, start: number, end: number): boolean {
  return has('scare', text.slice(Math.max(0, start - 25), start)) || has('scare', text.slice(start, end));
}
