import { type CueRule } from './coding-data.schema.ts';

/** Rules by the cue that they begin with. */
export interface RuleIndex {
  /** The rules that begin with one of the cues, in their own order. */
  beginningWith(cues: Iterable<string>): readonly CueRule[];
}

export function indexRules(rules: readonly CueRule[]): RuleIndex {
  const places = Map.groupBy(rules.keys(), (place) => rules[place]?.steps[0]);
  return {
    beginningWith: (cues) =>
      [...cues]
        .flatMap((cue) => places.get(cue) ?? [])
        .sort((a, b) => a - b)
        .flatMap((place) => rules[place] ?? []),
  };
}
