import fc from 'fast-check';
import { decideListing, type KnownItem, type ListedItem } from './listing.decider.ts';

const day = 86_400_000;
const known = (number: number, more: Partial<KnownItem> = {}): KnownItem => ({
  guid: `item ${number}`,
  feedSha256: 'as it was',
  publishedAtMs: number * day,
  listed: true,
  disappeared: null,
  ...more,
});
const listed = (number: number, more: Partial<ListedItem> = {}): ListedItem => ({
  guid: `item ${number}`,
  feedSha256: 'as it was',
  publishedAtMs: number * day,
  ...more,
});
const nothing = { fresh: [], changed: [], returned: [], vanished: [], agedOut: [] };

describe('a listing', () => {
  it('of what is known says nothing', () => {
    expect(decideListing([known(1), known(2)], [listed(2), listed(1)])).toEqual(nothing);
  });

  it('brings new items and changed ones', () => {
    const now = [listed(3), listed(2, { feedSha256: 'corrected' }), listed(1)];
    expect(decideListing([known(1), known(2)], now)).toEqual({
      ...nothing,
      fresh: ['item 3'],
      changed: ['item 2'],
    });
  });

  it('misses an item that was taken out, from the top or from the middle', () => {
    expect(decideListing([known(1), known(2), known(3)], [listed(3), listed(1)])).toEqual({
      ...nothing,
      vanished: ['item 2'],
    });
    expect(decideListing([known(1), known(2), known(3)], [listed(2), listed(1)])).toEqual({
      ...nothing,
      vanished: ['item 3'],
    });
  });

  it('does not miss an item that newer ones pushed out', () => {
    expect(decideListing([known(1), known(2)], [listed(3), listed(2)])).toEqual({
      ...nothing,
      fresh: ['item 3'],
      agedOut: ['item 1'],
    });
  });

  it('misses an item once', () => {
    const missed = known(2, { listed: false, disappeared: 'not_listed' });
    expect(decideListing([known(1), missed, known(3)], [listed(3), listed(1)])).toEqual(nothing);
  });

  it('finds an item again that it missed, but not one whose page is gone', () => {
    const missed = known(2, { listed: false, disappeared: 'not_listed' });
    expect(decideListing([known(1), missed], [listed(2), listed(1)])).toEqual({
      ...nothing,
      returned: ['item 2'],
    });
    expect(decideListing([known(1), known(2, { disappeared: 'gone' })], [listed(2), listed(1)])).toEqual(
      nothing,
    );
  });

  it('is not misled by an old item pinned to the top, nor by a feed that lists the oldest first', () => {
    const all = [known(1), known(7), known(8), known(9)];
    const pinned = [listed(1), listed(9), listed(8)];
    expect(decideListing(all, pinned)).toEqual({ ...nothing, agedOut: ['item 7'] });
    expect(decideListing(all, [listed(7), listed(9)])).toEqual({
      ...nothing,
      vanished: ['item 8'],
      agedOut: ['item 1'],
    });
  });

  it('of nothing at all says nothing', () => {
    expect(decideListing([known(1), known(2)], [])).toEqual(nothing);
  });

  it('without dates goes by when items were first seen', () => {
    const dateless = [listed(3, { publishedAtMs: null }), listed(1, { publishedAtMs: null })];
    expect(decideListing([known(1), known(2), known(3)], dateless)).toEqual({
      ...nothing,
      vanished: ['item 2'],
    });
  });

  it('puts every missing item into exactly one place, and repeated says nothing new', () => {
    const number = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(fc.uniqueArray(number), fc.uniqueArray(number, { minLength: 1 }), (before, after) => {
        const items = before.map((each) => known(each));
        const { fresh, vanished, agedOut } = decideListing(
          items,
          after.map((each) => listed(each)),
        );
        const missing = before.filter((each) => !after.includes(each)).map((each) => `item ${each}`);
        expect([...vanished, ...agedOut].sort()).toEqual(missing.sort());
        const settled = [
          ...items.map((item) => ({
            ...item,
            listed: !missing.includes(item.guid),
            disappeared: vanished.includes(item.guid) ? ('not_listed' as const) : null,
          })),
          ...after.filter((each) => fresh.includes(`item ${each}`)).map((each) => known(each)),
        ];
        expect(
          decideListing(
            settled,
            after.map((each) => listed(each)),
          ),
        ).toEqual(nothing);
      }),
    );
  });
});
