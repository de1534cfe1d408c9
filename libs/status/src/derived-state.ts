import { type DerivedStatus } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { decisionAt } from './decision.ts';
import { baselineOn, type EvidenceBook, indexOfDay } from './evidence-book.ts';
import { type DerivedState, type EvidenceItem, statuses } from './status.ts';
import { heavierFirst, type WeighedClaim } from './weighed-claim.ts';
import { evidenceItemsMax } from './weight.table.ts';
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
    lastEvidenceOn: null,
    evidence: [],
  };
}

function evidenceOf(status: DerivedStatus, window: readonly WindowDay[]): readonly EvidenceItem[] {
  const stanceOf = (item: Faded) => item.claim.status === status;
  const all = window.flatMap(({ day, age }) =>
    statuses.flatMap((each) =>
      day.tallies[each].heaviest.map((claim) => ({ claim, weight: faded(claim.weight, age) })),
    ),
  );
  all.sort((a, b) => b.weight - a.weight || b.claim.on - a.claim.on || heavierFirst(a.claim, b.claim));
  const supporting = all.filter(stanceOf).slice(0, evidenceItemsMax);
  const contrary = all.filter((item) => !stanceOf(item)).slice(0, evidenceItemsMax);
  return [
    ...supporting.map((item) => itemOf(item, 'for')),
    ...contrary.map((item) => itemOf(item, 'against')),
  ];
}

interface Faded {
  readonly claim: WeighedClaim;
  readonly weight: number;
}

function itemOf({ claim: { claim }, weight }: Faded, stance: EvidenceItem['stance']): EvidenceItem {
  const { claimId, statementId, speaker, publisher, url, publishedAt, quote } = claim;
  return { claimId, statementId, stance, weight, speaker, publisher, url, publishedAt, quote };
}
