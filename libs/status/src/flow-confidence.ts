import { type Confidence, type CorridorStatus } from '#events';
import { type Support } from './flow-evidence.ts';
import { confidences, type FlowState } from './flow-state.ts';
import { type RuleSet } from './rule-set.ts';
import { type PerStatus, statuses } from './status.ts';
import { isOneSource, type Tally } from './tally.ts';
import { type WeighedClaim } from './weighed-claim.ts';

export function confidenceOf(
  status: CorridorStatus,
  support: PerStatus<Support>,
  conflict: boolean,
  { nearShare }: RuleSet,
): Confidence {
  const { tallies, weight } = support[status];
  const strongest = strongestOf(tallies);
  if (conflict || strongest === 0) return 'low';
  const contrary = statuses.filter((other) => other !== status).map((other) => support[other]);
  if (contrary.some((other) => other.weight * 100 >= weight * nearShare)) return 'low';
  if (contrary.some((other) => strongestOf(other.tallies) >= strongest)) return 'moderate';
  return tallies.some(({ firstHand }) => firstHand) || isCorroborated(tallies) ? 'high' : 'moderate';
}

/** What nobody contradicts does not become less sure because less is said of it. */
export function isUncontested(status: CorridorStatus, support: PerStatus<Support>): boolean {
  return statuses.every((other) => other === status || support[other].weight === 0);
}

export function surer(a: Confidence, b: Confidence): Confidence {
  return confidences.indexOf(a) < confidences.indexOf(b) ? a : b;
}

function strongestOf(tallies: readonly Tally[]): number {
  return tallies.reduce((strongest, { beyondParties }) => Math.max(strongest, beyondParties), 0);
}

/** Rule 6: two independent sources graded C or better. */
function isCorroborated(tallies: readonly Tally[]): boolean {
  const sound: WeighedClaim[] = tallies.flatMap(({ soundSources }) => soundSources);
  return sound.some((a, index) => sound.slice(index + 1).some((b) => !isOneSource(a, b)));
}

export function shareOf(status: CorridorStatus, support: PerStatus<Support>): number {
  const all = statuses.reduce((sum, each) => sum + support[each].weight, 0);
  return all === 0 ? 0 : Math.floor((support[status].weight * 100) / all);
}

export function basisOf(tallies: readonly Tally[]): FlowState['basis'] {
  if (tallies.some(({ observed }) => observed)) return 'observed';
  return tallies.some((tally) => tally.admitted) ? 'declared' : 'inferred';
}

/** Rule 4: on a party's word about its own act, the status is provisional. */
export function isProvisional(tallies: readonly Tally[]): boolean {
  return !tallies.some(({ spokenBeyondParties }) => spokenBeyondParties > 0);
}
