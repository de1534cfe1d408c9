import { type Flow } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { type RuleSet } from './rule-set.ts';
import { type Tally, tallyOf, withClaim } from './tally.ts';
import { compare, type Says, type WeighedClaim } from './weighed-claim.ts';

/** A part of the traffic that claims speak of; `general` is the way as a whole. */
export type Coverage = Flow | 'general';

/** What is said of one part of the traffic on one day. */
export type Said = Readonly<Partial<Record<Says, Tally>>>;

/** The evidence of one day. */
export interface EvidenceDay {
  readonly on: DayOrdinal;
  /** In the order of their ids. */
  readonly claims: readonly WeighedClaim[];
  readonly said: Readonly<Partial<Record<Coverage, Said>>>;
}

/** The claims that are not there yet take their places. */
export function dayWith(
  on: DayOrdinal,
  items: readonly WeighedClaim[],
  rules: RuleSet,
  before?: EvidenceDay,
): EvidenceDay {
  let day: EvidenceDay = before ?? { on, claims: [], said: {} };
  for (const item of items) day = withItem(day, item, rules);
  return day;
}

/** Without the claims of those ids; null when none is left. */
export function dayWithout(day: EvidenceDay, gone: ReadonlySet<string>, rules: RuleSet): EvidenceDay | null {
  const claims = day.claims.filter(({ claim }) => !gone.has(claim.claimId));
  if (claims.length === day.claims.length) return day;
  if (claims.length === 0) return null;
  const said: Partial<Record<Coverage, Said>> = {};
  const groups = Map.groupBy(
    claims.flatMap((item) => coveragesOf(item).map((coverage) => ({ item, coverage }))),
    ({ item: { says }, coverage }) => `${coverage} ${says}`,
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const tally = tallyOf(
      group.map(({ item }) => item),
      rules,
    );
    said[first.coverage] = { ...said[first.coverage], [first.item.says]: tally };
  }
  return { on: day.on, claims, said };
}

function withItem(day: EvidenceDay, item: WeighedClaim, rules: RuleSet): EvidenceDay {
  const at = firstIndexWhere(day.claims, ({ claim }) => compare(claim.claimId, item.claim.claimId) >= 0);
  if (day.claims[at]?.claim.claimId === item.claim.claimId) return day;
  const claims = day.claims.toSpliced(at, 0, item);
  const said = { ...day.said };
  for (const coverage of coveragesOf(item)) {
    const known = said[coverage];
    const tally = known?.[item.says];
    const all = () => claims.filter((other) => other.says === item.says && covers(other, coverage));
    said[coverage] = {
      ...known,
      [item.says]: tally === undefined ? tallyOf([item], rules) : withClaim(tally, item, all, rules),
    };
  }
  return { on: day.on, claims, said };
}

function coveragesOf(item: WeighedClaim): readonly Coverage[] {
  return item.flows ?? ['general'];
}

function covers(item: WeighedClaim, coverage: Coverage): boolean {
  return coveragesOf(item).includes(coverage);
}

/** Index of the first item for which it holds; it MUST hold for all that follow. */
export function firstIndexWhere<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined || holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
