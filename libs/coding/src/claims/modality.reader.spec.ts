import { given } from '../coding.fixture.ts';

const modalitiesOf = (body: string, type: string) => [
  ...new Set(given(body).claims.flatMap((claim) => (claim.type === type ? [claim.modality] : []))),
];

describe('a claim is', () => {
  it.each([
    ['asserted', 'commitment', 'France pledged to reopen the Lachin corridor.'],
    ['future', 'commitment', 'France announced its intention to reopen the Lachin corridor.'],
    ['conditional', 'commitment', 'France pledged to reopen the Lachin corridor if Italy agrees.'],
    ['asserted', 'demand', 'France urged Italy to reopen the Lachin corridor.'],
    ['future', 'demand', 'France will urge Italy to reopen the Lachin corridor.'],
    ['asserted', 'condemnation', 'France would condemn any illegal blockade of the Lachin corridor.'],
    ['asserted', 'status', 'The Lachin corridor is closed.'],
    ['future', 'status', 'The Lachin corridor will be closed.'],
    ['conditional', 'status', 'The Lachin corridor could be closed.'],
    ['asserted', 'engagement', 'France discussed the Lachin corridor, which will matter.'],
    ['future', 'engagement', 'France will discuss the Lachin corridor.'],
  ])('%s: %s of "%s"', (modality, type, body) => {
    expect(modalitiesOf(body, type)).toEqual([modality]);
  });
});
