import { placeOf, type Earlier } from './arrival.place.ts';

const arrival = { statementId: 'new', publishedAt: '2023-01-20T00:00:00.000Z', isFetched: false };
const earlier = (statementId: string, more: Partial<Earlier> = {}): Earlier => ({
  statementId,
  publishedAt: '2023-01-20T00:00:00.000Z',
  supersededBy: null,
  isRetracted: false,
  ...more,
});
const yesterday = { publishedAt: '2023-01-19T00:00:00.000Z' };
const tomorrow = { publishedAt: '2023-01-21T00:00:00.000Z' };

it('is new where nothing is like it', () => {
  expect(placeOf(arrival, { sameWording: [], onPage: null })).toEqual({
    kind: 'new',
    statementId: 'new',
    revises: null,
    supersededBy: null,
  });
});

it('revises what stands on its page, also when both have the same date', () => {
  expect(placeOf(arrival, { sameWording: [], onPage: earlier('old') })).toMatchObject({
    statementId: 'new',
    revises: 'old',
    supersededBy: null,
  });
});

it('is an earlier version when it is dated before what stands on its page', () => {
  const place = placeOf(arrival, { sameWording: [], onPage: earlier('old', tomorrow) });
  expect(place).toMatchObject({ kind: 'new', revises: null, supersededBy: 'old' });
});

it('revises whatever its date, when we saw it on the page ourselves', () => {
  const place = placeOf(
    { ...arrival, isFetched: true },
    { sameWording: [], onPage: earlier('old', tomorrow) },
  );
  expect(place).toMatchObject({ kind: 'new', revises: 'old' });
});

it('is known where its wording stands, on its page or elsewhere', () => {
  for (const onPage of [null, earlier('same'), earlier('other', yesterday)]) {
    const place = placeOf({ ...arrival, isFetched: true }, { sameWording: [earlier('same')], onPage });
    expect(place).toEqual({ kind: 'known', statementId: 'same' });
  }
});

describe('a wording that was corrected since', () => {
  const same = earlier('new', { ...yesterday, supersededBy: 'correction' });
  const onPage = earlier('correction');

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
