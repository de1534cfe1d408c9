import fc from 'fast-check';
import { type Flow } from '#events';
import {
  addClaims,
  type DerivedState,
  emptyBook,
  flows as allFlows,
  type StatusClaim,
  stateOn,
  toldByWords,
  turnsOf,
} from './index.ts';
import { anyClaims, anyDay } from './claims.arbitrary.ts';
import { claim, settings } from './status.fixture.ts';

const confidences = ['low', 'moderate', 'high'];
const runs = { numRuns: 1_000 };

it('a concurring independent claim never lowers the confidence in a status', () => {
  fc.assert(
    fc.property(anyClaims, anyDay, fc.integer({ min: 0, max: 2 }), (claims, day, manner) => {
      const book = addClaims(emptyBook(settings), claims);
      const before = stateOn(book, day);
      fc.pre(before.lastEvidenceOn === day);
      const claimed = concurring(day, before, manner);
      fc.pre(claimed !== null);
      const after = stateOn(addClaims(book, [claimed]), day);
      expect(after.status).toBe(before.status);
      expect(confidences.indexOf(after.confidence)).toBeGreaterThanOrEqual(
        confidences.indexOf(before.confidence),
      );
    }),
    runs,
  );
});

/**
 * By a newspaper that no other claim knows, of the flows that stand as the headline does; said, told as an act, or
 * taken for granted. Null where the headline is made up of flows of which none stands like it.
 */
function concurring(day: string, { status, flows }: DerivedState, manner: number): StatusClaim | null {
  const alike = allFlows.filter((flow) => flows[flow].status === status);
  const isWhole = alike.length === allFlows.length;
  // To open for some is an exception, and so no concurrence.
  if (status === 'unknown' || alike.length === 0 || (status === 'open' && !isWhole && manner === 1))
    return null;
  const effects = { blocked: 'closed', restricted: 'opened', open: 'opened' } as const;
  return claim({
    on: day,
    status,
    flows: isWhole ? [] : alike,
    publisher: 'Independent',
    speaker: 'Independent',
    grade: { reliability: 'B', kind: 'news', country: null },
    presupposed: manner === 2,
    effect: manner === 1 ? effects[status] : null,
  });
}

it("a party's denial alone never opens a road", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ day: anyDay, party: fc.constantFrom(...settings.corridor.parties) })),
      fc.subarray<Flow>(['civilians', 'aid_cargo']),
      anyDay,
      (denials, flows, day) => {
        const closed = claim({ on: '2022-12-01' });
        const denied = denials.map(({ day: on, party }) =>
          claim({ on, type: 'denial', status: 'open', speaker: party, flows }),
        );
        const state = stateOn(addClaims(emptyBook(settings), [closed, ...denied]), day);
        expect(state.status).toBe('blocked');
        expect(Object.values(state.flows).every(({ status }) => status === 'blocked')).toBe(true);
      },
    ),
    runs,
  );
});

it('without news a status goes on, but for exceptions that are over', () => {
  fc.assert(
    fc.property(anyClaims, anyDay, (claims, day) => {
      const book = addClaims(emptyBook(settings), claims);
      const { status, lastEvidenceOn } = stateOn(book, day);
      const then = lastEvidenceOn === null ? 'open' : stateOn(book, lastEvidenceOn).status;
      expect(then === 'restricted' ? ['restricted', 'blocked'] : [then]).toContain(status);
    }),
    runs,
  );
});

it('what no claim says of a flow leaves the flow as it is', () => {
  fc.assert(
    fc.property(anyClaims, anyDay, (claims, day) => {
      const ofCargo = claims.map((each) => ({ ...each, flows: ['aid_cargo' as const] }));
      const { flows } = stateOn(addClaims(emptyBook(settings), ofCargo), day);
      expect(flows.civilians).toMatchObject({ status: 'open', since: '2020-11-10' });
    }),
    runs,
  );
});

it('to redact the words of claims changes no day, so long as it is kept what they told', () => {
  fc.assert(
    fc.property(anyClaims, fc.infiniteStream(fc.boolean()), (claims, isRedacted) => {
      const withoutWords = claims.map((each) => {
        if (isRedacted.next().value !== true) return each;
        const { claimId, quote } = each;
        const sameWordsAs = claims.filter((other) => other.quote === quote).map((other) => other.claimId);
        const told = {
          ...toldByWords(each),
          variant: 0,
          sameWordsAs: sameWordsAs.filter((id) => id !== claimId),
        };
        return { ...each, quote: '[redacted]', redacted: told };
      });
      const [before, after] = [claims, withoutWords].map((each) => addClaims(emptyBook(settings), each));
      expect(turnsOf(after!)).toEqual(turnsOf(before!));
    }),
    runs,
  );
});
