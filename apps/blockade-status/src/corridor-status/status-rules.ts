import { currentRules, firstRules, type RuleSet, rulesOf, ruleSets } from '#status';

/** The versions of the rules that this process knows. */
export interface StatusRules {
  /** Of a corridor that has adopted no others. */
  readonly first: RuleSet;
  /** Those that corridors shall follow. */
  readonly current: RuleSet;
  /** Whether the current ones are newer than those of that version. */
  readonly areNewerThan: (version: string) => boolean;
  /** @throws UnknownRulesError */
  readonly of: (version: string) => RuleSet;
}

export const shippedRules: StatusRules = {
  first: firstRules,
  current: currentRules,
  areNewerThan: (version) => ruleSets.indexOf(currentRules) > ruleSets.indexOf(rulesOf(version)),
  of: rulesOf,
};
