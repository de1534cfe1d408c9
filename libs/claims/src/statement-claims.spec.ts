import fc from 'fast-check';
import { type Claim } from '#events';
import { added, claim, claimIdOf, coded, retracted, reviewed, superseded } from './claims.fixture.ts';
import { type ClaimEvent, type ClaimsTurn, noClaims, turn } from './index.ts';

function after(...events: readonly ClaimEvent[]) {
  return events.reduce((claims, event) => turn(claims, event).after, noClaims);
}

/** State and review of each claim, as in `1 standing confirmed`. */
function told(...events: readonly ClaimEvent[]): readonly string[] {
  return [...after(...events).claims].map(
    ([id, { state, review }]) => `${Number(id.slice(-3))} ${state} ${review}`,
  );
}

const [one, two] = [claim(1), claim(2)];

it('a coding stands until a later one has its claims no longer', () => {
  expect(told(coded(one, two))).toEqual(['1 standing pending', '2 standing pending']);
  expect(told(coded(one, two), coded(two))).toEqual(['1 replaced pending', '2 standing pending']);
  expect(told(coded(one), coded())).toEqual(['1 replaced pending']);
  expect(told(coded(one), coded(), coded(one))).toEqual(['1 standing pending']);
});

it.each([
  ['confirm', 'confirmed'],
  ['amend', 'amended'],
] as const)(
  'what a person could %s outlives every coding, and is never overwritten by one',
  (decision, review) => {
    const judged = claim(1, 'Southmark');
    const history = [coded(one, two), reviewed(decision, judged)];
    expect(told(...history, coded(two))).toEqual([`1 standing ${review}`, '2 standing pending']);
    expect(turn(after(...history), coded(one, two)).begun.map((version) => version.claim)).toEqual([two]);
  },
);

it('a claim that a person added outlives every coding', () => {
  expect(told(coded(one), added(two), coded())).toEqual(['1 replaced pending', '2 standing added']);
});

it('a rejected claim stays rejected when a coder finds it again, until a person says otherwise', () => {
  expect(told(coded(one), reviewed('reject', one), coded(one))).toEqual(['1 rejected rejected']);
  expect(told(reviewed('reject', one), coded(one))).toEqual(['1 rejected rejected']);
  expect(told(coded(one), reviewed('reject', one), reviewed('confirm', one))).toEqual([
    '1 standing confirmed',
  ]);
});

it.each([
  ['retracted', retracted],
  ['superseded', superseded],
])('when its statement is %s nothing stands any more, whatever comes later', (state, end) => {
  const history = [coded(one, two), reviewed('reject', two), end];
  expect(told(...history)).toEqual([`1 ${state} pending`, '2 rejected rejected']);
  for (const late of [coded(one), reviewed('confirm', one), added(claim(3)), retracted, superseded]) {
    expect(told(...history, late)).toEqual(told(...history));
    expect(turn(after(...history), late)).toMatchObject({ begun: [], ended: new Map() });
  }
});

it('a coding that names a claim twice has it once', () => {
  expect(turn(noClaims, coded(one, one)).begun).toHaveLength(1);
});

const anyClaim = fc
  .record({ number: fc.integer({ min: 1, max: 4 }), speaker: fc.constantFrom('Northmark', 'Southmark') })
  .map(({ number, speaker }) => claim(number, speaker));

const anyHistory = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.array(anyClaim, { maxLength: 4 }).map((claims) => coded(...claims)) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('confirm', 'reject', 'amend'), anyClaim)
        .map(([decision, judged]) => reviewed(decision, judged)),
    },
    { weight: 2, arbitrary: anyClaim.map(added) },
    { weight: 1, arbitrary: fc.constantFrom(retracted, superseded) },
  ),
  { maxLength: 14 },
);

/** The rules, read off the whole history at once: a person's last word, else the last coding; nothing after an end. */
function standingAfter(history: readonly ClaimEvent[]): ReadonlyMap<string, Claim> {
  if (history.some(({ type }) => type === 'StatementRetracted' || type === 'StatementSuperseded'))
    return new Map();
  const lastCoding = history.findLast((event) => event.type === 'StatementCoded');
  const numbers = [1, 2, 3, 4];
  const standing = numbers.flatMap((number): Claim[] => {
    const claimId = claimIdOf(number);
    const word = history.findLast(
      (event) =>
        (event.type === 'ClaimReviewed' || event.type === 'ClaimAdded') &&
        event.payload.claim.claimId === claimId,
    );
    if (word?.type === 'ClaimAdded') return [word.payload.claim];
    if (word?.type === 'ClaimReviewed') return word.payload.decision === 'reject' ? [] : [word.payload.claim];
    return lastCoding?.payload.claims.filter((found) => found.claimId === claimId).slice(-1) ?? [];
  });
  return new Map(standing.map((each) => [each.claimId, each]));
}

/** What stands, kept up by the versions that each event begins and ends. */
function keptUp(standing: Map<string, Claim>, { begun, ended }: ClaimsTurn): void {
  for (const claimId of ended.keys())
    if (!standing.delete(claimId)) throw new Error('ended what did not stand');
  for (const { claim: version, state } of begun)
    if (state === 'standing') standing.set(version.claimId, version);
}

it('turn by turn gives what a reading of the whole history gives, at every point of it', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const standing = new Map<string, Claim>();
      let claims = noClaims;
      history.forEach((event, index) => {
        const turned = turn(claims, event);
        claims = turned.after;
        keptUp(standing, turned);
        const expected = standingAfter(history.slice(0, index + 1));
        expect(new Set(standing.values())).toEqual(new Set(expected.values()));
        const ids = [...claims.claims].filter(([, { state }]) => state === 'standing').map(([id]) => id);
        expect(new Set(ids)).toEqual(new Set(expected.keys()));
      });
    }),
    { numRuns: 2_000 },
  );
});
