import { dayOf, type DayOrdinal } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { decisionOf, fadedDecision, fadingsOf, type Freshness, isToldAlike } from './freshness.ts';
import { type DayState, overTime } from './fold.ts';
import { type Decision, flows, type Turn } from './status.ts';

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
  const old = turningsAmong(before, start, before.states.length - end);
  const now = turningsAmong(after, start, after.states.length - end);
  return { ended: withoutThose(old, now).map(turnOf), begun: withoutThose(now, old).map(turnOf) };
}

/** The latest decision, which goes on without news. */
export function latestDecision(book: EvidenceBook): Decision {
  const faded = fadedTurnings(book).at(-1);
  return faded === undefined ? decisionOf(stateAt(book, book.states.length - 1)) : turnOf(faded).decision;
}

/**
 * The turns from the state at an index on, up to and with that at another: whether a day is a turn hangs on the one
 * before it. With the last state come the days on which time alone turns the status.
 */
export function turnsAmong(book: EvidenceBook, from: number, to: number): readonly Turn[] {
  return turningsAmong(book, from, to).map(turnOf);
}

/** A turn before it is told: telling it costs more than finding out that it is as before. */
interface Turning {
  readonly on: DayOrdinal;
  readonly state: DayState;
  readonly freshness: Freshness;
}

function turningsAmong(book: EvidenceBook, from: number, to: number): readonly Turning[] {
  const { days, settings } = book;
  const turnings: Turning[] = [];
  let before = stateAt(book, from - 1);
  const turn = (on: DayOrdinal, state: DayState) => {
    if (!isToldSame(state, before)) turnings.push({ on, state, freshness: 'fresh' });
    before = state;
  };
  const since = from === 0 ? sinceOf(book.start) : null;
  // A turn of the first day itself takes the place of what is given for that day.
  const isReplaced = days[0]?.on === since && !isToldSame(stateAt(book, 0), book.start);
  if (since !== null && !isReplaced) turnings.push({ on: since, state: book.start, freshness: 'fresh' });
  for (let index = from; index <= Math.min(to, days.length - 1); index++) {
    const on = days[index]?.on ?? 0;
    for (const passing of overTime(before, days[index - 1]?.on ?? on, on, settings))
      turn(passing.on, passing.state);
    turn(on, stateAt(book, index));
  }
  return to < days.length ? turnings : [...turnings, ...fadedTurnings(book)];
}

function fadedTurnings(book: EvidenceBook): readonly Turning[] {
  const { clock } = book.settings;
  return clock === null ? [] : fadingsOf(book).filter(({ day }) => day <= clock);
}

function turnOf({ on, state, freshness }: Turning): Turn {
  return { from: dayOf(on), decision: fadedDecision(state, freshness, on) };
}

/** Both MUST be in the order of their days. */
function withoutThose(turnings: readonly Turning[], others: readonly Turning[]): readonly Turning[] {
  const byDay = new Map(others.map((other) => [other.on, other]));
  return turnings.filter((turning) => {
    const other = byDay.get(turning.on);
    return other?.freshness !== turning.freshness || !isSameTurn(turning, other);
  });
}

/** What fades is told in other bands, in which a share may show that does not show in those of a fresh state. */
function isSameTurn(a: Turning, b: Turning): boolean {
  if (a.state === b.state || a.freshness === 'fresh') return isToldSame(a.state, b.state);
  return JSON.stringify(turnOf(a)) === JSON.stringify(turnOf(b));
}

function isToldSame(a: DayState, b: DayState): boolean {
  return (
    a === b ||
    (isToldAlike(a.headline, b.headline) && flows.every((flow) => isToldAlike(a.flows[flow], b.flows[flow])))
  );
}

function sinceOf(state: DayState): DayOrdinal | null {
  const days = [state.headline, ...Object.values(state.flows)].flatMap(({ since }) =>
    since === null ? [] : [since],
  );
  return days.length === 0 ? null : Math.min(...days);
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
