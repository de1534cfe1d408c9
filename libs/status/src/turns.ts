import { dayOf, type DayOrdinal } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { decisionOf, lapsedDecision, lapsesOf } from './freshness.ts';
import { type DayState } from './fold.ts';
import { type Decision, type Turn } from './status.ts';

/** The days on which the decision turns, oldest first. Before the first of them nothing is known. */
export function turnsOf(book: EvidenceBook): readonly Turn[] {
  return turnsAmong(book, 0, book.states.length);
}

export interface TurnChange {
  readonly ended: readonly Turn[];
  readonly begun: readonly Turn[];
}

/**
 * What turns are no longer, and which are new. Of books that share states, as one made from the other does, only the
 * days between are compared.
 */
export function turnsChanged(before: EvidenceBook, after: EvidenceBook): TurnChange {
  const start = sharedStart(before, after);
  const end = sharedEnd(before, after, start);
  const old = keyed(turnsAmong(before, start, before.states.length - end));
  const now = keyed(turnsAmong(after, start, after.states.length - end));
  return {
    ended: [...old].filter(([key]) => !now.has(key)).map(([, turn]) => turn),
    begun: [...now].filter(([key]) => !old.has(key)).map(([, turn]) => turn),
  };
}

/** The latest decision, which goes on without news; null where nothing was ever known. */
export function latestDecision(book: EvidenceBook): Decision {
  const length = book.states.length;
  return turnsAmong(book, length, length).at(-1)?.decision ?? decisionOf(stateAt(book, length - 1));
}

/**
 * The turns from the state at an index on, up to and with that at another: whether a day is a turn hangs on the one
 * before it. With the last state come the days on which time alone turns the status.
 */
export function turnsAmong(book: EvidenceBook, from: number, to: number): readonly Turn[] {
  const turns: Turn[] = [];
  let before = stateAt(book, from - 1);
  if (from === 0) {
    const since = sinceOf(book.start);
    // A turn of the first day itself takes the place of what is given for that day.
    const isReplaced = book.days[0]?.on === since && !isSameDecision(stateAt(book, 0), book.start);
    if (since !== null && !isReplaced) turns.push({ from: dayOf(since), decision: decisionOf(book.start) });
  }
  for (let index = from; index <= Math.min(to, book.days.length - 1); index++) {
    const state = stateAt(book, index);
    if (!isSameDecision(state, before))
      turns.push({ from: dayOf(book.days[index]?.on ?? 0), decision: decisionOf(state) });
    before = state;
  }
  return to < book.days.length ? turns : [...turns, ...lapsedTurns(book)];
}

function lapsedTurns(book: EvidenceBook): readonly Turn[] {
  const { clock } = book.settings;
  const last = book.states.at(-1);
  if (clock === null || last === undefined) return [];
  return lapsesOf(book)
    .filter(({ day }) => day <= clock)
    .map((lapse) => ({ from: lapse.day, decision: lapsedDecision(last, lapse) }));
}

function sinceOf({ headline, flows }: DayState): DayOrdinal | null {
  const days = [headline, ...Object.values(flows)].flatMap(({ since }) => (since === null ? [] : [since]));
  return days.length === 0 ? null : Math.min(...days);
}

function isSameDecision(a: DayState, b: DayState): boolean {
  return a === b || JSON.stringify(decisionOf(a)) === JSON.stringify(decisionOf(b));
}

export function stateAt({ states, start }: EvidenceBook, index: number): DayState {
  return states[index] ?? start;
}

/** How many states at the beginning are the same objects. */
export function sharedStart(a: EvidenceBook, b: EvidenceBook): number {
  if (a.start !== b.start) return 0;
  let index = 0;
  while (
    index < a.states.length &&
    a.states[index] === b.states[index] &&
    a.days[index]?.on === b.days[index]?.on
  )
    index++;
  return index;
}

/** How many states at the end are the same objects, where the clock is the same. */
export function sharedEnd(a: EvidenceBook, b: EvidenceBook, start: number): number {
  if (a.settings.clock !== b.settings.clock) return 0;
  const most = Math.min(a.states.length, b.states.length) - start;
  let count = 0;
  while (
    count < most &&
    a.states[a.states.length - 1 - count] === b.states[b.states.length - 1 - count] &&
    a.days[a.days.length - 1 - count]?.on === b.days[b.days.length - 1 - count]?.on
  )
    count++;
  return count;
}

function keyed(turns: readonly Turn[]): ReadonlyMap<string, Turn> {
  return new Map(turns.map((turn) => [`${turn.from} ${JSON.stringify(turn.decision)}`, turn]));
}
