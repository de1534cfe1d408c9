import { type Claim, type CorridorStatus } from '#events';

/** What expectations are told by: announcements, and the claims that may meet them. */
export interface ExpectationClaim extends Pick<
  Claim,
  'claimId' | 'type' | 'status' | 'effect' | 'flows' | 'modality' | 'validFrom' | 'speaker'
> {
  readonly cluster: string;
  /** The local day of publication. */
  readonly saidOn: string;
  /** Milliseconds since 1970. */
  readonly publishedMs: number;
}

export type ClaimPlace = Pick<ExpectationClaim, 'claimId' | 'publishedMs'>;

/** A commitment is about what will come, also where it is told as made: "they undertook to lift it". */
export function isAnnouncement({ type, modality }: ExpectationClaim): boolean {
  return type === 'commitment' || modality !== 'asserted';
}

/** What an announcement waits for; a commitment that names no status is one to let traffic pass. */
export function expectedBy({ status }: ExpectationClaim): CorridorStatus {
  return status ?? 'open';
}

/** A commitment names the day on which it was made, so that day itself is not the one that it is due. */
export function dueDayOf({ type, validFrom, saidOn }: ExpectationClaim): string | null {
  if (validFrom === null || validFrom < saidOn) return null;
  return type === 'commitment' && validFrom === saidOn ? null : validFrom;
}

/** Equal for copies of one announcement. */
export function announcementKey(claim: ExpectationClaim): string {
  const { cluster, speaker, type, status, flows, modality } = claim;
  return JSON.stringify([cluster, speaker, type, status, flows.toSorted(), modality, dueDayOf(claim)]);
}

export type ToldState = CorridorStatus | 'passed' | 'turned_back' | 'nothing';

const stateAfter = { opened: 'open', closed: 'blocked', restricted: 'restricted' } as const;

/** What an asserted claim says has come about. */
export function stateToldBy({ type, status, effect }: ExpectationClaim): ToldState {
  if (type === 'status') return status ?? 'nothing';
  if (effect === 'passed' || effect === 'turned_back') return effect;
  return effect === null ? 'nothing' : stateAfter[effect];
}

/** One convoy that passed is no open road; it is what an announcement about its own flow waited for. */
export function statesThatMeet(announcement: ExpectationClaim): readonly ToldState[] {
  const expects = expectedBy(announcement);
  if (announcement.flows.length === 0) return [expects];
  return [expects, expects === 'blocked' ? 'turned_back' : 'passed'];
}

/** The day that an asserted claim counts for. */
export function evidenceDayOf({ validFrom, saidOn }: ExpectationClaim): string {
  return validFrom ?? saidOn;
}

export function isLaterWordOn(claim: ExpectationClaim, announcement: ExpectationClaim): boolean {
  return (
    claim.publishedMs > announcement.publishedMs &&
    // A reprint is no later word.
    claim.cluster !== announcement.cluster &&
    // "Open to aid" does not fulfil "open"; what holds for the whole way holds for each flow.
    (claim.flows.length === 0 || claim.flows.some((flow) => announcement.flows.includes(flow)))
  );
}

export function earlierFirst(a: ClaimPlace, b: ClaimPlace): number {
  return a.publishedMs - b.publishedMs || (a.claimId < b.claimId ? -1 : a.claimId > b.claimId ? 1 : 0);
}
