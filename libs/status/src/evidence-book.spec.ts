import fc from 'fast-check';
import {
  addClaims,
  daysOf,
  deriveStatus,
  emptyBook,
  type EvidenceBook,
  removeClaims,
  replaceClaims,
  stateOn,
  timelineOf,
  underRules,
} from './index.ts';
import { rules } from './status.fixture.ts';
import { type StatusClaim } from './status.ts';

const range = { from: '2022-11-25', to: '2023-02-05' };

/** Every answer that a book gives, as bytes. */
function answersOf(book: EvidenceBook): string {
  const days = daysOf(book, range);
  return JSON.stringify([timelineOf(book), days, days.map(({ day }) => stateOn(book, day))]);
}

/** Few names and days, so that claims meet: same publisher, same quote, same day, same weight. */
const anyClaim = (number: number): fc.Arbitrary<StatusClaim> =>
  fc.record({
    claimId: fc.constant(`claim-${number}`),
    statementId: fc.integer({ min: 0, max: 5 }).map((id) => `statement-${id}`),
    type: fc.constantFrom('status', 'status', 'denial', 'demand'),
    status: fc.constantFrom('open', 'restricted', 'blocked', 'blocked', null),
    presupposed: fc.boolean(),
    speaker: fc.constantFrom('France', 'Azerbaijan', 'Armenia', 'ICRC', 'Courier'),
    modality: fc.constantFrom('asserted', 'asserted', 'asserted', 'future'),
    validFrom: fc.option(dayBetween, { freq: 2 }),
    quote: fc.constantFrom('Shut.', 'Open.', 'We have closed it.', 'Shut since Monday.'),
    publisher: fc.constantFrom('Courier', 'Post', 'ICRC'),
    grade: fc.constantFrom(
      null,
      { reliability: 'B', kind: 'news', country: null },
      { reliability: 'A', kind: 'icrc', country: null },
      { reliability: 'E', kind: 'party', country: null },
    ),
    publishedAt: dayBetween.map((day) => `${day}T22:00:00Z`),
    url: fc.constant(null),
  });

const dayBetween = fc
  .integer({ min: 0, max: 60 })
  .map((days) => new Date(Date.UTC(2022, 11, 1 + days)).toISOString().slice(0, 10));

const anyClaims = fc
  .integer({ min: 0, max: 25 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => anyClaim(number))));

/** The claims, some of them twice, in any order. */
const delivered = anyClaims.chain((claims) =>
  fc.record({
    claims: fc.constant(claims),
    delivery: fc
      .subarray(claims)
      .chain((again) =>
        fc.shuffledSubarray([...claims, ...again], { minLength: claims.length + again.length }),
      ),
    cuts: fc.array(fc.nat(30), { maxLength: 6 }),
  }),
);

function inBatches(
  book: EvidenceBook,
  claims: readonly StatusClaim[],
  cuts: readonly number[],
): EvidenceBook {
  const at = [0, ...cuts.toSorted((a, b) => a - b), claims.length];
  return at.reduce((grown, from, index) => addClaims(grown, claims.slice(from, at[index + 1])), book);
}

function partedBy(
  claims: readonly StatusClaim[],
  test: (claim: StatusClaim) => boolean,
): [StatusClaim[], StatusClaim[]] {
  return [claims.filter(test), claims.filter((claim) => !test(claim))];
}

describe('the book of evidence', () => {
  it('gives byte-equal answers for any permutation, duplication and batching', () => {
    fc.assert(
      fc.property(delivered, ({ claims, delivery, cuts }) => {
        const once = addClaims(emptyBook(rules), claims);
        expect(answersOf(inBatches(emptyBook(rules), delivery, cuts))).toBe(answersOf(once));
        const oneByOne = delivery.reduce((book, claim) => addClaims(book, [claim]), emptyBook(rules));
        expect(answersOf(oneByOne)).toBe(answersOf(once));
      }),
      { numRuns: 1_000 },
    );
  });

  it('claims that are removed leave the book as if they had never come', () => {
    fc.assert(
      fc.property(delivered, fc.nat(5), ({ claims, delivery }, id) => {
        const [gone, left] = partedBy(claims, ({ statementId }) => statementId === `statement-${id}`);
        const removed = removeClaims(addClaims(emptyBook(rules), delivery), gone);
        expect(answersOf(removed)).toBe(answersOf(addClaims(emptyBook(rules), left)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('removing what is not there changes nothing', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, (claims, others) => {
        const book = addClaims(emptyBook(rules), claims);
        const strangers = others.map((claim) => ({ ...claim, claimId: `other-${claim.claimId}` }));
        expect(answersOf(removeClaims(book, strangers))).toBe(answersOf(book));
      }),
    );
  });

  it('a statement that is coded again counts as it is coded now', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, fc.nat(5), (claims, recoded, id) => {
        const [before, others] = partedBy(claims, ({ statementId }) => statementId === `statement-${id}`);
        // The newer coding may say otherwise about the same claim, under the same id.
        const now = recoded.map((claim) => ({ ...claim, statementId: `statement-${id}` }));
        const ids = new Set(now.map(({ claimId }) => claimId));
        const unmoved = others.filter(({ claimId }) => !ids.has(claimId));
        const book = addClaims(emptyBook(rules), [...before, ...unmoved]);
        expect(answersOf(replaceClaims(book, before, now))).toBe(
          answersOf(addClaims(emptyBook(rules), [...unmoved, ...now])),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('a book never changes: adding and removing give new ones', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, (before, after) => {
        const book = addClaims(emptyBook(rules), before);
        const answers = answersOf(book);
        const more = after.map((claim) => ({ ...claim, claimId: `more-${claim.claimId}` }));
        removeClaims(addClaims(book, more), [...before, ...more]);
        expect(answersOf(book)).toBe(answers);
      }),
    );
  });

  it('amended rules weigh the same claims again', () => {
    const amended = { ...rules, parties: ['France'], timezone: 'America/New_York', baseline: null };
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const book = underRules(addClaims(emptyBook(rules), claims), amended);
        expect(answersOf(book)).toBe(answersOf(addClaims(emptyBook(amended), claims)));
      }),
    );
  });

  it('answers as a plain derivation over all claims does', () => {
    fc.assert(
      fc.property(delivered, dayBetween, ({ claims, delivery, cuts }, day) => {
        const book = inBatches(emptyBook(rules), delivery, cuts);
        expect(stateOn(book, day)).toEqual(deriveStatus(claims, rules, day));
      }),
    );
  });
});

describe('a timeline', () => {
  it('says of each day what the state on that day says, without gap or overlap', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const book = addClaims(emptyBook(rules), claims);
        const days = daysOf(book, range);
        expect(days).toHaveLength(73);
        for (const { day, ...held } of days) expect(stateOn(book, day)).toMatchObject(held);
      }),
    );
  });

  it('has no end where none is asked for', () => {
    expect(timelineOf(emptyBook(rules))).toEqual([
      { from: '2020-11-10', to: null, status: 'open', confidence: 'moderate', disputed: false },
    ]);
    expect(timelineOf(emptyBook({ ...rules, baseline: null }))).toEqual([]);
  });

  it('refuses to list more than a century of days', () => {
    expect(() => daysOf(emptyBook(rules), { from: '1900-01-01', to: '2020-01-01' })).toThrow(RangeError);
  });
});
