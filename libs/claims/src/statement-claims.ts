import { type Claim, type EventType, type PayloadOf, type ReviewDecision } from '#events';

/** What people have said of a claim; until someone does, it is pending. */
export type Review = 'pending' | 'confirmed' | 'amended' | 'added' | 'rejected';

/** Whether a claim counts, and if not, why not. */
export type ClaimState = 'standing' | 'replaced' | 'rejected' | 'retracted' | 'superseded';

export interface ClaimStanding {
  readonly state: ClaimState;
  readonly review: Review;
}

/** Every claim that one statement was ever said to make about one corridor, by id. */
export interface StatementClaims {
  readonly claims: ReadonlyMap<string, ClaimStanding>;
  /** Nothing counts from here on, and no later event changes that. */
  readonly ended: 'retracted' | 'superseded' | null;
}

/** A claim as an event has it, and how it stands from that event on. */
export interface ClaimVersion extends ClaimStanding {
  readonly claim: Claim;
}

export interface ClaimsTurn {
  readonly after: StatementClaims;
  /** The versions that the event brings. */
  readonly begun: readonly ClaimVersion[];
  /** The versions that stood until now, by claim id, with what became of them. */
  readonly ended: ReadonlyMap<string, Exclude<ClaimState, 'standing'>>;
}

const claimEventTypes = [
  'StatementCoded',
  'ClaimReviewed',
  'ClaimAdded',
  'StatementRetracted',
  'StatementSuperseded',
] as const satisfies readonly EventType[];

/** The events that decide which claims of a statement count. */
export type ClaimEvent = {
  [Type in (typeof claimEventTypes)[number]]: { readonly type: Type; readonly payload: PayloadOf<Type> };
}[(typeof claimEventTypes)[number]];

export function isClaimEvent<Event extends { readonly type: EventType }>(
  event: Event,
): event is Event & { readonly type: ClaimEvent['type'] } {
  return claimEventTypes.some((type) => type === event.type);
}

export const noClaims: StatementClaims = { claims: new Map(), ended: null };

/** One event further. The events MUST be those of one statement about one corridor, in order of position. */
export function turn(before: StatementClaims, event: ClaimEvent): ClaimsTurn {
  if (before.ended !== null) return { after: before, begun: [], ended: new Map() };
  switch (event.type) {
    case 'StatementCoded':
      return coded(before, event.payload.claims);
    case 'ClaimReviewed':
      return judged(before, event.payload.claim, reviewAfter[event.payload.decision]);
    case 'ClaimAdded':
      return judged(before, event.payload.claim, 'added');
    case 'StatementRetracted':
      return ended(before, 'retracted');
    case 'StatementSuperseded':
      return ended(before, 'superseded');
  }
}

const reviewAfter: Readonly<Record<ReviewDecision, Review>> = {
  confirm: 'confirmed',
  reject: 'rejected',
  amend: 'amended',
};

/** A machine decides about what no person has judged, and about nothing else. */
function coded({ claims }: StatementClaims, found: readonly Claim[]): ClaimsTurn {
  const isPending = (claimId: string) => (claims.get(claimId)?.review ?? 'pending') === 'pending';
  const unique = new Map(found.map((claim) => [claim.claimId, claim]));
  const begun = [...unique.values()]
    .filter(({ claimId }) => isPending(claimId))
    .map((claim): ClaimVersion => ({ claim, state: 'standing', review: 'pending' }));
  const replaced = standingIds(claims).filter(isPending);
  return turned(claims, begun, new Map(replaced.map((claimId) => [claimId, 'replaced'])));
}

function judged({ claims }: StatementClaims, claim: Claim, review: Review): ClaimsTurn {
  const state = review === 'rejected' ? 'rejected' : 'standing';
  const before = standingIds(claims).filter((claimId) => claimId === claim.claimId);
  const became = state === 'standing' ? 'replaced' : state;
  return turned(claims, [{ claim, state, review }], new Map(before.map((claimId) => [claimId, became])));
}

function ended({ claims }: StatementClaims, by: 'retracted' | 'superseded'): ClaimsTurn {
  const last = turned(claims, [], new Map(standingIds(claims).map((claimId) => [claimId, by])));
  return { ...last, after: { ...last.after, ended: by } };
}

function turned(
  before: ReadonlyMap<string, ClaimStanding>,
  begun: readonly ClaimVersion[],
  ended: ClaimsTurn['ended'],
): ClaimsTurn {
  const claims = new Map(before);
  for (const [claimId, state] of ended)
    claims.set(claimId, { state, review: claims.get(claimId)?.review ?? 'pending' });
  for (const { claim, state, review } of begun) claims.set(claim.claimId, { state, review });
  return { after: { claims, ended: null }, begun, ended };
}

function standingIds(claims: ReadonlyMap<string, ClaimStanding>): readonly string[] {
  return [...claims].filter(([, { state }]) => state === 'standing').map(([claimId]) => claimId);
}
