import { given } from '../coding.fixture.ts';

/** Published on Friday, 20 January 2023. */
const dayOf = (body: string, type: string) =>
  given(body).claims.find((claim) => claim.type === type)?.validFrom;

describe('the day of a claim', () => {
  it.each([
    ['of a state is the nearest', 'status', 'The Lachin corridor was closed on Monday.', '2023-01-16'],
    [
      'that opens a sentence dates all of it',
      'status',
      'On 12 December, Italy set up a tent and then also closed the Lachin corridor.',
      '2022-12-12',
    ],
    [
      'of saying is not that of the state',
      'status',
      'France said on Monday that the Lachin corridor is closed.',
      null,
    ],
    [
      'that the saying follows is of the state',
      'status',
      'The Lachin corridor has been closed since 12 December, France said on Friday, and no convoy has passed.',
      '2022-12-12',
    ],
    [
      'that opens the clause of saying is of it',
      'status',
      'On Monday, France said the Lachin corridor is closed.',
      null,
    ],
    [
      'of saying is that of a demand',
      'demand',
      'France on Monday urged Italy to reopen the Lachin corridor.',
      '2023-01-16',
    ],
    [
      'of a report is not that of a demand',
      'demand',
      'France urged Italy to reopen the Lachin corridor, Reuters reported on Monday.',
      null,
    ],
    [
      'of a coming state is a coming one',
      'status',
      'The Lachin corridor will be closed on Monday.',
      '2023-01-23',
    ],
    [
      'is that since when it lasts',
      'status',
      'The Lachin corridor has been closed since the war broke out on Monday.',
      '2023-01-16',
    ],
    [
      'is not that of another event',
      'status',
      'Since the war broke out on Monday, the Lachin corridor has been closed.',
      null,
    ],
    [
      'is not the name of an agreement',
      'status',
      'Despite the truce of 9 November the Lachin corridor is closed.',
      null,
    ],
    [
      'is null for hardship',
      'impact',
      'Shortages of food grew because of the blockade of the Lachin corridor on Monday.',
      null,
    ],
  ])('%s', (_kind, type, body, day) => {
    expect(dayOf(body, type)).toBe(day);
  });
});

it('the state keeps its day where a second rule finds it once more, without one', () => {
  expect(
    dayOf('The Lachin corridor has been closed since 12 December 2022, and no convoy has passed.', 'status'),
  ).toBe('2022-12-12');
});
