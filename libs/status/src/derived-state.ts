import { type DerivedStatus } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { decisionAt } from './decision.ts';
import { baselineOn, type EvidenceBook, indexOfDay } from './evidence-book.ts';
import { type DerivedState, type EvidenceItem, statuses } from './status.ts';
import { heavierFirst, type WeighedClaim } from './weighed-claim.ts';
import { keepHeaviest } from './day-tally.ts';
import { faded, type WindowDay } from './window.ts';

/** The state on that local day, as the evidence in the book tells it. Without news a status goes on. */
export function stateOn(book: EvidenceBook, day: string): DerivedState {
  const index = indexOfDay(book.days, ordinalOf(day) + 1) - 1;
  const last = book.days[index];
  if (last === undefined) return stateBeforeEvidence(book, day);
  const { decision, window } = decisionAt(book, index);
  return { ...decision, lastEvidenceOn: dayOf(last.on), evidence: evidenceOf(decision.status, window) };
}

function stateBeforeEvidence({ rules }: EvidenceBook, day: string): DerivedState {
  const status = baselineOn(rules, ordinalOf(day));
  return {
    status,
    since: status === 'unknown' ? null : (rules.baseline?.since ?? null),
    confidence: status === 'unknown' ? 'low' : 'moderate',
    basis: 'inferred',
    disputed: false,
    disputedBy: [],
    likelihood: null,
    provisional: false,
    stale: false,
    lastEvidenceOn: null,
    evidence: [],
  };
}

function evidenceOf(status: DerivedStatus, window: readonly WindowDay[]): readonly EvidenceItem[] {
  const support: Faded[] = [];
  const contrary: Faded[] = [];
  for (const { day, age } of window) {
    for (const each of statuses) {
      const side = each === status ? support : contrary;
      for (const item of day.tallies[each].heaviest) {
        // What lasts stands on two days; the later one, which the window gives first, weighs more.
        if (side.some(({ item: { claim } }) => claim.claimId === item.claim.claimId)) continue;
        // The day's list falls, so after the first that is too light all are.
        if (!keepHeaviest(side, { item, weight: faded(item.weight, age) }, heavierNowFirst)) break;
      }
    }
  }
  return [...support.map((item) => itemOf(item, 'for')), ...contrary.map((item) => itemOf(item, 'against'))];
}

interface Faded {
  readonly item: WeighedClaim;
  readonly weight: number;
}

function heavierNowFirst(a: Faded, b: Faded): number {
  return b.weight - a.weight || b.item.on - a.item.on || heavierFirst(a.item, b.item);
}

function itemOf({ item: { claim }, weight }: Faded, stance: EvidenceItem['stance']): EvidenceItem {
  const { claimId, statementId, speaker, publisher, url, publishedAt, quote } = claim;
  return { claimId, statementId, stance, weight, speaker, publisher, url, publishedAt, quote };
}
