import { type CueRule } from '../lexicon/coding-data.schema.ts';
import { type SentenceCues } from './cue.finder.ts';

export interface RuleIndex {
  /** The rules all of whose cues stand in the sentence, in their own order. */
  standingIn(cues: SentenceCues): readonly CueRule[];
}

/** @param numberOf the number of a cue, by which a sentence is asked whether it may hold it */
export function indexRules(rules: readonly CueRule[], numberOf: (cue: string) => number): RuleIndex {
  const entries = rules.map((rule) => {
    const names = [...new Set(rule.steps.filter((step) => typeof step === 'string'))];
    return { rule, names, numbers: names.map(numberOf) };
  });
  return {
    standingIn: ({ isPossible, spansOf }) =>
      entries
        .filter(
          // To look up a cue costs far more than to ask whether it may be there, so all are asked first.
          ({ names, numbers }) =>
            numbers.every(isPossible) && names.every((name) => spansOf(name).length > 0),
        )
        .map(({ rule }) => rule),
  };
}
