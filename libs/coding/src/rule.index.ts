import { type CueRule } from './coding-data.schema.ts';

/** Rules by the cue that they begin with. */
export interface RuleIndex {
  /** The rules all of whose cues are among these, in their own order. */
  possibleWith(cues: ReadonlySet<string>): readonly CueRule[];
}

export function indexRules(rules: readonly CueRule[]): RuleIndex {
  const entries = rules.map((rule, place) => ({
    rule,
    place,
    cues: rule.steps.filter((step) => typeof step === 'string'),
  }));
  const byFirst = Map.groupBy(entries, ({ cues }) => cues[0]);
  return {
    possibleWith: (cues) =>
      [...cues]
        .flatMap((cue) => byFirst.get(cue) ?? [])
        .filter(({ cues: own }) => own.every((cue) => cues.has(cue)))
        .sort((a, b) => a.place - b.place)
        .map(({ rule }) => rule),
  };
}
