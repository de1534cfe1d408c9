import { type Coverage, type EvidenceDay, type Said } from './evidence-day.ts';
import { type RuleSet } from './rule-set.ts';
import { type Tally } from './tally.ts';
import { sayings, type Says } from './weighed-claim.ts';

/** What one day says of one flow: of it alone, and of the way as a whole. */
export interface DayView {
  readonly said: readonly Said[];
  readonly entries: readonly SaidEntry[];
  /** What is told as having happened, by someone who counts. */
  readonly acts: Readonly<Record<Says, boolean>>;
  /** Someone who is no party says outright that nothing passes. */
  readonly isShut: boolean;
  readonly hasPassage: boolean;
}

export interface SaidEntry {
  readonly says: Says;
  readonly tally: Tally;
  readonly isGeneral: boolean;
}

/** A day is looked at again for each of the days after it, and never changes. */
export function viewOf(day: EvidenceDay, coverage: Coverage, rules: RuleSet): DayView {
  const kept = views.get(day) ?? {};
  const known = kept[coverage];
  if (known !== undefined) return known;
  const made = viewMade(day, coverage, rules);
  views.set(day, { ...kept, [coverage]: made });
  return made;
}

const views = new WeakMap<EvidenceDay, Partial<Record<Coverage, DayView>>>();

function viewMade({ said: saidBy }: EvidenceDay, coverage: Coverage, { actWeightMin }: RuleSet): DayView {
  const own = coverage === 'general' ? undefined : saidBy[coverage];
  const said = [own, saidBy.general].filter((each) => each !== undefined);
  const hasAct = (says: Says) => said.some((each) => (each[says]?.act ?? 0) >= actWeightMin);
  return {
    said,
    entries: said.flatMap((each) => entriesOf(each, each === saidBy.general)),
    acts: Object.fromEntries(sayings.map((says) => [says, hasAct(says)])) as Record<Says, boolean>,
    isShut: said.some((each) => (each.blocked?.spokenBeyondParties ?? 0) > 0),
    hasPassage: said.some((each) => (each.passed?.act ?? 0) > 0),
  };
}

function entriesOf(said: Said, isGeneral: boolean): readonly SaidEntry[] {
  return sayings.flatMap((says) => {
    const tally = said[says];
    return tally === undefined ? [] : [{ says, tally, isGeneral }];
  });
}
