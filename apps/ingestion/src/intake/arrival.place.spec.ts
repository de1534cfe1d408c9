import { placeOf, type Earlier, type Standing } from './arrival.place.ts';

const arrival = { statementId: 'new', publishedAt: '2023-01-20T00:00:00.000Z', isFetched: false };
const earlier = (statementId: string, more: Partial<Earlier> = {}): Earlier => ({
  statementId,
  publishedAt: '2023-01-20T00:00:00.000Z',
  supersededBy: null,
  isRetracted: false,
  ...more,
});
/** Sent, and a text that the arrival may be a correction of. */
const standing = (statementId: string, more: Partial<Standing> = {}): Standing => ({
  ...earlier(statementId),
  isFetched: false,
  resemblance: 0.5,
  ...more,
});
const yesterday = { publishedAt: '2023-01-19T00:00:00.000Z' };
const tomorrow = { publishedAt: '2023-01-21T00:00:00.000Z' };

it('is new where nothing is like it', () => {
  expect(placeOf(arrival, { sameWording: [], onPage: [] })).toEqual({
    kind: 'new',
    statementId: 'new',
    revises: null,
    supersededBy: null,
  });
});

it('revises what stands on its page, also when both have the same date', () => {
  expect(placeOf(arrival, { sameWording: [], onPage: [standing('old')] })).toMatchObject({
    statementId: 'new',
    revises: 'old',
    supersededBy: null,
  });
});

it('is an earlier version when it is dated before what stands on its page', () => {
  const place = placeOf(arrival, { sameWording: [], onPage: [standing('old', tomorrow)] });
  expect(place).toMatchObject({ kind: 'new', revises: null, supersededBy: 'old' });
});

it('revises whatever its date, when we saw it on the page ourselves', () => {
  const place = placeOf(
    { ...arrival, isFetched: true },
    { sameWording: [], onPage: [standing('old', tomorrow)] },
  );
  expect(place).toMatchObject({ kind: 'new', revises: 'old' });
});

it('is known where its wording stands, on its page or elsewhere', () => {
  for (const onPage of [[], [standing('same')], [standing('other', yesterday)]]) {
    const place = placeOf({ ...arrival, isFetched: true }, { sameWording: [earlier('same')], onPage });
    expect(place).toEqual({ kind: 'known', statementId: 'same' });
  }
});

describe('a text that is sent where others stand', () => {
  const other = { resemblance: 0.25 };

  it('stands beside those that it does not resemble, whatever their dates', () => {
    const onPage = [standing('one', { ...other, ...yesterday }), standing('two', { ...other, ...tomorrow })];
    expect(placeOf(arrival, { sameWording: [], onPage })).toEqual({
      kind: 'new',
      statementId: 'new',
      revises: null,
      supersededBy: null,
    });
  });

  it('revises the one that it resembles most, and of equals the last', () => {
    const onPage = [standing('a'), standing('b', { resemblance: 0.6 }), standing('c', other)];
    expect(placeOf(arrival, { sameWording: [], onPage })).toMatchObject({ revises: 'b' });
    const equals = [standing('a'), standing('b'), standing('c', other)];
    expect(placeOf(arrival, { sameWording: [], onPage: equals })).toMatchObject({ revises: 'b' });
  });

  it('goes behind the one that it resembles when that is later, not behind the others', () => {
    const onPage = [standing('later', tomorrow), standing('fact', { ...other, ...yesterday })];
    expect(placeOf(arrival, { sameWording: [], onPage })).toMatchObject({
      revises: null,
      supersededBy: 'later',
    });
  });

  it('is known when it was corrected and comes again, however old the facts beside its correction are', () => {
    const same = earlier('new', { supersededBy: 'correction' });
    const onPage = [standing('correction'), standing('fact', { ...other, ...yesterday })];
    for (const each of [onPage, onPage.slice(1)]) {
      const place = placeOf(arrival, { sameWording: [same], onPage: each });
      expect(place).toEqual({ kind: 'known', statementId: 'new' });
    }
  });
});

describe('a page that is fetched', () => {
  const fetched = { ...arrival, isFetched: true };

  it('takes the place of the page as it was fetched before, however little of it is left', () => {
    const onPage = [standing('page', { isFetched: true, resemblance: 0 }), standing('excerpt')];
    expect(placeOf(fetched, { sameWording: [], onPage })).toMatchObject({ revises: 'page' });
  });

  it('takes the place of what is most like it where only texts that were sent stand', () => {
    const onPage = [standing('a', { resemblance: 0.1 }), standing('b', { resemblance: 0 })];
    expect(placeOf(fetched, { sameWording: [], onPage })).toMatchObject({ revises: 'a' });
  });
});

describe('a wording that was corrected since', () => {
  const same = earlier('new', { ...yesterday, supersededBy: 'correction' });
  const onPage = [standing('correction')];

  it('is known when an archive sends it once more', () => {
    for (const sent of [{ ...arrival, ...yesterday }, arrival]) {
      expect(placeOf(sent, { sameWording: [same], onPage })).toEqual({ kind: 'known', statementId: 'new' });
    }
  });

  it.each([
    ['is fetched', { ...arrival, isFetched: true }],
    ['is dated later', { ...arrival, ...tomorrow }],
  ])('is another statement, with an id of its own, when it %s', (_, back) => {
    const place = placeOf(back, { sameWording: [same], onPage });
    expect(place).toMatchObject({ kind: 'new', revises: 'correction', supersededBy: null });
    expect(place.statementId).not.toBe('new');
    expect(placeOf(back, { sameWording: [same], onPage })).toEqual(place);
  });

  it('stays as it is when it was retracted as well', () => {
    const sent = { ...arrival, ...tomorrow, isFetched: true };
    const retracted = { ...same, isRetracted: true };
    expect(placeOf(sent, { sameWording: [retracted], onPage })).toEqual({
      kind: 'known',
      statementId: 'new',
    });
  });
});
