import { placeClaims } from './gold.places.ts';
import { goldClaim, type goldStatement } from './gold.fixture.ts';

function places(body: string, claims: Parameters<typeof goldStatement>[0]) {
  const { placed, warnings } = placeClaims({ id: 'one', body, claims: [...claims] });
  return { spans: placed.map(({ start, end }) => [start, end]), warnings };
}

it('places two kinds of claim on one sentence, and the next one behind it', () => {
  const claims = [
    goldClaim({ sentence: 'It is shut.' }),
    goldClaim({ sentence: 'It is shut.', type: 'demand', status: null }),
    goldClaim({ sentence: 'Open it.', type: 'demand', status: null }),
  ];
  expect(places('It is shut. Open it.', claims)).toEqual({
    spans: [
      [0, 11],
      [0, 11],
      [12, 20],
    ],
    warnings: [],
  });
});

it('places the very same claim again on the next occurrence of its sentence', () => {
  const claim = goldClaim({ sentence: 'It is shut.' });
  expect(places('It is shut. Yes. It is shut.', [claim, claim]).spans).toEqual([
    [0, 11],
    [17, 28],
  ]);
});

it('bears other white space and says so', () => {
  const { spans, warnings } = places('Yes. It is\n  shut.', [goldClaim({ sentence: 'It is shut.' })]);
  expect(spans).toEqual([[5, 18]]);
  expect(warnings).toEqual(['one claims[0].sentence: differs from the body in white space']);
});

it('leaves out a claim whose sentence is nowhere, and says so', () => {
  const { spans, warnings } = places('It is open.', [goldClaim({ sentence: 'It is (shut).' })]);
  expect(spans).toEqual([]);
  expect(warnings).toEqual([
    'one claims[0].sentence: is not in the body, so the claim is left out: "It is (shut)."',
  ]);
});
