import { type DerivedStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { confidences, type FlowState, isSameState, nothingKnown } from './flow-state.ts';
import { mainOf, primaryFlowsOf } from './primary-flows.ts';
import { type CorridorRules, type PerFlow } from './status.ts';

/**
 * The headline is that of the primary traffic: any passage of it makes a day at least restricted, and it is open when
 * all that the corridor mainly exists for passes.
 */
export function headlineOf(
  states: PerFlow<FlowState>,
  before: FlowState,
  on: DayOrdinal,
  corridor: CorridorRules,
): FlowState {
  const primary = primaryFlowsOf(corridor);
  const known = primary.map((flow) => states[flow]).filter(({ status }) => status !== 'unknown');
  if (known.length === 0) return before.status === 'unknown' ? before : { ...nothingKnown, since: on };
  const main = mainOf(primary).map((flow) => states[flow]);
  const status = statusOf(known, main);
  const deciding = decidingOf(status === 'open' ? main : known, status);
  const after: FlowState = {
    ...deciding,
    status,
    since: status === before.status ? before.since : on,
    disputedBy: disputersOf(known, status),
    conflict: known.some(({ conflict }) => conflict),
  };
  return isSameState(before, after) ? before : after;
}

function statusOf(known: readonly FlowState[], main: readonly FlowState[]): DerivedStatus {
  if (known.every(({ status }) => status === 'blocked')) return 'blocked';
  const knownMain = main.filter(({ status }) => status !== 'unknown');
  return knownMain.length > 0 && knownMain.every(({ status }) => status === 'open') ? 'open' : 'restricted';
}

/** One flow that passes is enough for "restricted": the surest. "Blocked" and "open" are as sure as the least sure. */
function decidingOf(known: readonly FlowState[], status: DerivedStatus): FlowState {
  const agreeing = known.filter((state) => state.status === status);
  if (status !== 'restricted') return [...agreeing].sort(surerFirst).at(-1) ?? nothingKnown;
  const passing = agreeing.length > 0 ? agreeing : known.filter((state) => state.status === 'open');
  return [...passing].sort(surerFirst)[0] ?? nothingKnown;
}

function surerFirst(a: FlowState, b: FlowState): number {
  return (
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
    Number(a.provisional) - Number(b.provisional) ||
    b.share - a.share
  );
}

function disputersOf(known: readonly FlowState[], status: DerivedStatus): readonly string[] {
  const agreeing = known.filter((state) => state.status === status);
  return [
    ...new Set((agreeing.length > 0 ? agreeing : known).flatMap(({ disputedBy }) => disputedBy)),
  ].sort();
}
