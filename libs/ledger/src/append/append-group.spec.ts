import fc from 'fast-check';
import { type Groupable, type GroupBounds, takeGroup } from './append-group.ts';

const request = fc.record({
  // Few streams and ids, so that they collide often.
  streamId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  eventIds: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'), {
    minLength: 1,
    maxLength: 3,
  }),
  byteCount: fc.integer({ min: 1, max: 50 }),
});
const queue = fc.array(request, { maxLength: 20 });
const bounds = fc.record({
  eventsMax: fc.integer({ min: 1, max: 10 }),
  bytesMax: fc.integer({ min: 1, max: 200 }),
});

function dependOnEachOther(one: Groupable, other: Groupable): boolean {
  return one.streamId === other.streamId || one.eventIds.some((id) => other.eventIds.includes(id));
}

/** Every group until the queue is empty, each written before the next is taken. */
function allGroups(waiting: readonly Groupable[], limits: GroupBounds): (readonly Groupable[])[] {
  const groups = [];
  for (let rest = waiting; rest.length > 0;) {
    const taken = takeGroup(rest, limits);
    groups.push(taken.group);
    rest = taken.rest;
  }
  return groups;
}

function check(law: (waiting: readonly Groupable[], limits: GroupBounds) => void): void {
  fc.assert(fc.property(queue, bounds, law), { numRuns: 1_000 });
}

it('takes every request once', () => {
  check((waiting, limits) => {
    const taken = allGroups(waiting, limits).flat();
    expect(taken).toHaveLength(waiting.length);
    expect(new Set(taken)).toEqual(new Set(waiting));
  });
});

it('never takes two requests that depend on each other into one group', () => {
  check((waiting, limits) => {
    for (const group of allGroups(waiting, limits)) {
      const pairs = group.flatMap((one, index) =>
        group.slice(index + 1).map((other) => [one, other] as const),
      );
      expect(pairs.filter(([one, other]) => dependOnEachOther(one, other))).toEqual([]);
    }
  });
});

it('lets no request overtake one that it depends on', () => {
  check((waiting, limits) => {
    const groups = allGroups(waiting, limits);
    const groupOf = (one: Groupable): number => groups.findIndex((group) => group.includes(one));
    for (const [index, one] of waiting.entries()) {
      for (const later of waiting.slice(index + 1).filter((other) => dependOnEachOther(one, other))) {
        expect(groupOf(later)).toBeGreaterThan(groupOf(one));
      }
    }
  });
});

it('stays within the bounds, unless a single request is beyond them', () => {
  check((waiting, limits) => {
    for (const group of allGroups(waiting, limits).filter(({ length }) => length > 1)) {
      expect(group.flatMap(({ eventIds }) => eventIds).length).toBeLessThanOrEqual(limits.eventsMax);
      expect(group.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBeLessThanOrEqual(limits.bytesMax);
    }
  });
});

it('takes all that fit and are free', () => {
  const waiting = ['a', 'b', 'a', 'c'].map((streamId, index) => ({
    streamId,
    eventIds: [`${index}`],
    byteCount: 1,
  }));
  const { group, rest } = takeGroup(waiting, { eventsMax: 10, bytesMax: 10 });
  expect(group).toEqual([waiting[0], waiting[1], waiting[3]]);
  expect(rest).toEqual([waiting[2]]);
});
