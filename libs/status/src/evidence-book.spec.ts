import fc from 'fast-check';
import {
  addClaims,
  type BookSettings,
  daysOf,
  decisionOn,
  emptyBook,
  type EvidenceBook,
  removeClaims,
  replaceClaims,
  segmentsOf,
  stateOn,
  stateWith,
  turnsChanged,
  turnsOf,
  withSettings,
} from './index.ts';
import { anyClaims, anyDay } from './claims.arbitrary.ts';
import { corridor, settings } from './status.fixture.ts';
import { type StatusClaim, type Turn } from './status.ts';

const range = { from: '2022-11-25', to: '2023-02-05' };

/** Every answer that a book gives, as bytes. */
function answersOf(book: EvidenceBook): string {
  const turns = turnsOf(book);
  const days = daysOf(turns, range);
  const some = days.filter((_, index) => index % 6 === 0);
  return JSON.stringify([turns, days, some.map(({ day }) => stateWith(decisionOn(turns, day), book, day))]);
}

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

const anySettings: fc.Arbitrary<BookSettings> = fc
  .record({
    assessments: fc.array(
      fc.record({
        assessmentId: fc.uuid(),
        validFrom: anyDay,
        status: fc.constantFrom('open', 'restricted', 'blocked', 'unknown'),
        flows: fc.constantFrom({}, { civilians: 'blocked' as const }),
        position: fc.integer({ min: 1, max: 1_000 }),
      }),
      { maxLength: 3 },
    ),
    grades: fc.constantFrom(
      new Map(),
      new Map([['Post', { reliability: 'A', kind: 'news', country: null } as const]]),
    ),
    clock: fc.option(fc.constantFrom('2022-12-20', '2023-01-20', '2023-03-01')),
    parties: fc.constantFrom(corridor.parties, ['France']),
    timezone: fc.constantFrom('Asia/Baku', 'America/New_York'),
    baseline: fc.constantFrom(corridor.baseline, null, { status: 'blocked' as const, since: '2022-12-20' }),
    primaryFlows: fc.constantFrom(corridor.primaryFlows, ['commercial' as const], null),
  })
  .map(({ assessments, grades, clock, ...changed }) => ({
    ...settings,
    assessments,
    grades,
    clock,
    corridor: { ...corridor, ...changed },
  }));

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
        const once = addClaims(emptyBook(settings), claims);
        expect(answersOf(inBatches(emptyBook(settings), delivery, cuts))).toBe(answersOf(once));
        const oneByOne = delivery.reduce((book, claim) => addClaims(book, [claim]), emptyBook(settings));
        expect(answersOf(oneByOne)).toBe(answersOf(once));
      }),
      { numRuns: 1_000 },
    );
  });

  it('claims that are removed leave the book as if they had never come', () => {
    fc.assert(
      fc.property(delivered, fc.nat(5), ({ claims, delivery }, id) => {
        const [gone, left] = partedBy(claims, ({ statementId }) => statementId === `statement-${id}`);
        const removed = removeClaims(addClaims(emptyBook(settings), delivery), gone);
        expect(answersOf(removed)).toBe(answersOf(addClaims(emptyBook(settings), left)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('removing what is not there changes nothing', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, (claims, others) => {
        const book = addClaims(emptyBook(settings), claims);
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
        const book = addClaims(emptyBook(settings), [...before, ...unmoved]);
        expect(answersOf(replaceClaims(book, before, now))).toBe(
          answersOf(addClaims(emptyBook(settings), [...unmoved, ...now])),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('a book never changes: adding and removing give new ones', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, (before, after) => {
        const book = addClaims(emptyBook(settings), before);
        const answers = answersOf(book);
        const more = after.map((claim) => ({ ...claim, claimId: `more-${claim.claimId}` }));
        removeClaims(addClaims(book, more), [...before, ...more]);
        expect(answersOf(book)).toBe(answers);
      }),
    );
  });

  it('other settings weigh the same claims again', () => {
    fc.assert(
      fc.property(anyClaims, anySettings, anySettings, (claims, before, after) => {
        const book = withSettings(addClaims(emptyBook(before), claims), after);
        expect(answersOf(book)).toBe(answersOf(addClaims(emptyBook(after), claims)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps its laws under assessments, grades and a clock', () => {
    fc.assert(
      fc.property(delivered, anySettings, fc.nat(5), ({ claims, delivery, cuts }, others, id) => {
        const once = addClaims(emptyBook(others), claims);
        expect(answersOf(inBatches(emptyBook(others), delivery, cuts))).toBe(answersOf(once));
        const [gone, left] = partedBy(claims, ({ statementId }) => statementId === `statement-${id}`);
        expect(answersOf(removeClaims(once, gone))).toBe(answersOf(addClaims(emptyBook(others), left)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('what turns changed makes the old turns the new ones', () => {
    fc.assert(
      fc.property(anyClaims, anyClaims, anySettings, anySettings, (claims, recoded, before, after) => {
        const book = addClaims(emptyBook(before), claims);
        const moved = claims.slice(0, 3);
        const come = recoded.map((claim) => ({ ...claim, claimId: `new-${claim.claimId}` }));
        for (const next of [
          replaceClaims(book, moved, come),
          addClaims(book, come),
          withSettings(book, after),
          withSettings(book, { ...before, clock: after.clock }),
        ])
          expect(patched(turnsOf(book), turnsChanged(book, next))).toEqual(turnsOf(next));
      }),
      { numRuns: 1_000 },
    );
  });
});

function patched(turns: readonly Turn[], { ended, begun }: ReturnType<typeof turnsChanged>): readonly Turn[] {
  const gone = new Set(ended.map((turn) => JSON.stringify(turn)));
  const kept = turns.filter((turn) => !gone.has(JSON.stringify(turn)));
  return [...kept, ...begun].sort((a, b) => (a.from < b.from ? -1 : 1));
}

describe('a timeline', () => {
  it('says of each day what the state on that day says, without gap or overlap', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const book = addClaims(emptyBook(settings), claims);
        const days = daysOf(turnsOf(book), range);
        expect(days).toHaveLength(73);
        for (const { day, status, confidence, disputed } of days)
          expect(stateOn(book, day)).toMatchObject({ status, confidence, disputed });
      }),
    );
  });

  it('has no end where none is asked for', () => {
    expect(segmentsOf(turnsOf(emptyBook(settings)))).toMatchObject([
      { from: '2020-11-10', to: null, status: 'open', confidence: 'moderate', disputed: false },
    ]);
    const withoutBaseline = { ...settings, corridor: { ...corridor, baseline: null } };
    expect(segmentsOf(turnsOf(emptyBook(withoutBaseline)))).toEqual([]);
  });

  it('refuses to list more than a century of days', () => {
    expect(() => daysOf(turnsOf(emptyBook(settings)), { from: '1900-01-01', to: '2020-01-01' })).toThrow(
      RangeError,
    );
  });
});
