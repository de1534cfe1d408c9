import { type DerivedStatus, type Flow } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { firstIndexWhere } from './evidence-day.ts';
import { decisionOf } from './freshness.ts';
import { type WindowDay } from './flow-evidence.ts';
import { assessmentsAt, indexOfDay, unknown, windowOf } from './fold.ts';
import { primaryFlowsOf } from './primary-flows.ts';
import { type Decision, type DerivedState, type EvidenceItem, flows, type Turn } from './status.ts';
import { isOneSource, keepHeaviest } from './tally.ts';
import { turnsOf } from './turns.ts';
import { heavierFirst, isParty, type Says, type WeighedClaim } from './weighed-claim.ts';

/** The state on that local day, as the evidence in the book tells it. Without news a status goes on. */
export function stateOn(book: EvidenceBook, day: string): DerivedState {
  return stateWith(decisionOn(turnsOf(book), day), book, day);
}

/** The decision that holds on a day; before the first turn nothing is known. */
export function decisionOn(turns: readonly Turn[], day: string): Decision {
  return turns[firstIndexWhere(turns, ({ from }) => from > day) - 1]?.decision ?? decisionOf(unknown);
}

/**
 * A decision with its evidence: that of the last day with evidence and of its window. The book need hold no more than
 * the claims of that window.
 * @param of the flow asked about; null for the headline
 */
export function stateWith(
  decision: Decision,
  book: EvidenceBook,
  day: string,
  of: Flow | null = null,
): DerivedState {
  const index = indexOfDay(book.days, ordinalOf(day) + 1) - 1;
  const last = book.days[index];
  const decided = of === null ? decision : { ...decision.flows[of], flows: decision.flows };
  if (last === undefined) return { ...decided, lastEvidenceOn: null, evidence: [] };
  const { latest } = assessmentsAt(book.settings.assessments, last.on);
  const window = windowOf(book.days, index, book.settings.rules.windowDays, latest);
  return {
    ...decided,
    lastEvidenceOn: dayOf(last.on),
    evidence: evidenceOf(decision, window, book, of),
  };
}

interface Faded {
  readonly item: WeighedClaim;
  readonly weight: number;
}

function evidenceOf(
  decision: Decision,
  window: readonly WindowDay[],
  { settings }: EvidenceBook,
  of: Flow | null,
): readonly EvidenceItem[] {
  const asked = of === null ? primaryFlowsOf(settings.corridor) : [of];
  const sides: Readonly<Record<EvidenceItem['stance'], Faded[]>> = { for: [], against: [] };
  for (const { day, age } of window) {
    for (const coverage of [...asked, 'general'] as const) {
      for (const { heaviest } of Object.values(day.said[coverage] ?? {})) {
        for (const item of heaviest) {
          const side = sides[stanceOf(item, coverage === 'general' ? null : coverage, decision, of)];
          // What lasts stands on two days; the later one, which the window gives first, weighs more.
          if (side.some(({ item: { claim } }) => claim.claimId === item.claim.claimId)) continue;
          const weight = Math.floor((item.weight * (settings.rules.fade[age] ?? 0)) / 100);
          if (!keepHeaviest(side, { item, weight }, heavierNowFirst)) break;
        }
      }
    }
  }
  return [...told(sides.for, 'for'), ...told(sides.against, 'against')];
}

/** For or against the headline; what is said of one flow alone, as the status of that flow bears it out. */
function stanceOf(
  { says }: WeighedClaim,
  flow: Flow | null,
  decision: Decision,
  of: Flow | null,
): EvidenceItem['stance'] {
  const status =
    of === null && flow === null ? decision.status : decision.flows[of ?? flow ?? 'civilians'].status;
  return agrees(says, status) ? 'for' : 'against';
}

function agrees(says: Says, status: DerivedStatus): boolean {
  switch (says) {
    case 'passed':
      return status === 'open' || status === 'restricted';
    case 'narrowed':
      return status === 'restricted';
    case 'turned_back':
      return status === 'blocked' || status === 'restricted';
    default:
      return says === status;
  }
}

function heavierNowFirst(a: Faded, b: Faded): number {
  return b.weight - a.weight || b.item.on - a.item.on || heavierFirst(a.item, b.item);
}

function told(side: readonly Faded[], stance: EvidenceItem['stance']): readonly EvidenceItem[] {
  return side.map(({ item, weight }, index) => {
    const { claim } = item;
    const { claimId, statementId, speaker, publisher, url, publishedAt, quote, redacted, cluster } = claim;
    const counted = side.slice(0, index).find((other) => isOneSource(other.item, item));
    return {
      claimId,
      statementId,
      stance,
      weight,
      rules: rulesOf(item),
      day: dayOf(item.on),
      flows: [...(item.flows ?? flows)],
      cluster,
      countedWith: counted?.item.claim.claimId ?? null,
      speaker,
      publisher,
      url,
      publishedAt,
      quote,
      ...(redacted === undefined ? {} : { redacted: true as const }),
    };
  });
}

/** Numbers of the rules (README) that made the weight what it is, the deciding one first. */
function rulesOf(item: WeighedClaim): string[] {
  const { says, manner, voice } = item;
  const deciding = says === 'passed' ? ['7'] : manner === 'word' ? ['10'] : [];
  const party = isParty(item) ? (says === 'open' || says === 'passed' ? ['4', '3'] : ['3']) : [];
  return [...deciding, ...party, ...(voice === 'court' ? ['11'] : []), '2'];
}
