import { isDeepStrictEqual } from 'node:util';
import {
  noClaims,
  turn,
  type ClaimEvent,
  type ClaimState,
  type ClaimVersion,
  type Review,
  type StatementClaims,
} from '#claims';
import { type Claim, type PayloadOf, type RecordedEvent } from '#events';
import { storedStub, toldBy, type CorridorRedaction } from './redaction-rows.ts';

/** A claim with what its readers need of the statement; `claim` in the table, as JSON. */
export type StoredClaim = Claim &
  Pick<
    PayloadOf<'StatementCoded'>,
    'statementId' | 'publisher' | 'grade' | 'publishedAt' | 'url' | 'title' | 'cluster'
  >;

/** One version of a claim: known from a position, until a position. */
export interface VersionRow {
  readonly corridor: string;
  readonly position: number;
  readonly review: Review;
  readonly claim: StoredClaim;
  /** Null while it stands. A rejection is known from and until its own position: it never stood. */
  until: number | null;
  endedAs: Exclude<ClaimState, 'standing'> | null;
}

export interface StatementEnd {
  readonly statementId: string;
  readonly corridor: string;
  readonly position: number;
  readonly as: NonNullable<StatementClaims['ended']>;
}

/** What the rows say about one statement and one corridor. */
export interface KnownStatement {
  readonly claims: StatementClaims;
  readonly standing: ReadonlyMap<string, VersionRow>;
}

/** What an event changes in the evidence of its corridor. */
export interface ClaimChange {
  readonly gone: readonly StoredClaim[];
  readonly come: readonly StoredClaim[];
}

export interface ClaimVersions {
  /** By the position of the event. */
  readonly changes: ReadonlyMap<number, ClaimChange>;
  readonly begun: readonly VersionRow[];
  /** Versions that were known before, with their ends. */
  readonly ended: readonly VersionRow[];
  readonly statementEnds: readonly StatementEnd[];
}

export type RecordedClaimEvent = ClaimEvent & Pick<RecordedEvent, 'position'>;
/** What changes the versions of claims: what brings or ends some, and what takes the words of those there are. */
export type VersionEvent = RecordedClaimEvent | CorridorRedaction;

export const nothingKnown: KnownStatement = { claims: noClaims, standing: new Map() };
export const noChange: ClaimChange = { gone: [], come: [] };

export function statementKey(statementId: string, corridor: string): string {
  return `${corridor} ${statementId}`;
}

/** What the events change, one after the other, in what is known before them. */
export function claimVersions(
  known: ReadonlyMap<string, KnownStatement>,
  events: readonly VersionEvent[],
): ClaimVersions {
  const now = new Map(known);
  const changes = new Map<number, ClaimChange>();
  const begun = new Set<VersionRow>();
  const ended: VersionRow[] = [];
  const statementEnds: StatementEnd[] = [];
  for (const event of events) {
    const { statementId, corridor } = event.payload;
    // It spoke of no corridor: there is nothing here to end.
    if (corridor === null) continue;
    const key = statementKey(statementId, corridor);
    const before = now.get(key) ?? nothingKnown;
    if (event.type === 'StatementRedacted') {
      const redacted = withoutWords(before, event);
      now.set(key, redacted);
      changes.set(event.position, { gone: claimsOf(before), come: claimsOf(redacted) });
      continue;
    }
    const step = oneFurther(before, event, corridor);
    now.set(key, step.after);
    for (const row of step.begun) begun.add(row);
    ended.push(...step.ended.filter((row) => !begun.has(row)));
    changes.set(event.position, {
      gone: step.ended.map(({ claim }) => claim),
      come: step.begun.filter(({ until }) => until === null).map(({ claim }) => claim),
    });
    const as = step.after.claims.ended;
    if (before.claims.ended === null && as !== null)
      statementEnds.push({ statementId, corridor, position: event.position, as });
  }
  return { changes, begun: [...begun], ended, statementEnds };
}

/** The rows are rewritten where they lie: they are the same versions, known from the same positions. */
function withoutWords({ claims, standing }: KnownStatement, event: CorridorRedaction): KnownStatement {
  const stubs = [...standing].map(([claimId, row]): [string, VersionRow] => [
    claimId,
    { ...row, claim: storedStub(row.claim, toldBy(event, { position: row.position, claimId })) },
  ]);
  return { claims, standing: new Map(stubs) };
}

function claimsOf({ standing }: KnownStatement): readonly StoredClaim[] {
  return [...standing.values()].map(({ claim }) => claim);
}

function oneFurther(before: KnownStatement, event: RecordedClaimEvent, corridor: string) {
  const turned = turn(before.claims, event);
  const standing = new Map(before.standing);
  const candidates = turned.begun.map((version) => rowOf(version, event, corridor));
  // A coding that says the same of a claim as the one before is no new version of it.
  const begun = candidates.filter((row) => !isSame(row, standing.get(row.claim.claimId)));
  const unchanged = new Set(
    candidates.filter((row) => !begun.includes(row)).map(({ claim }) => claim.claimId),
  );
  const ended: VersionRow[] = [];
  for (const [claimId, as] of turned.ended) {
    const row = standing.get(claimId);
    if (row === undefined || unchanged.has(claimId)) continue;
    row.until = event.position;
    row.endedAs = as;
    ended.push(row);
    standing.delete(claimId);
  }
  for (const row of begun) if (row.until === null) standing.set(row.claim.claimId, row);
  return { after: { claims: turned.after, standing }, begun, ended };
}

function rowOf(
  { claim, state, review }: ClaimVersion,
  { payload, position }: RecordedClaimEvent,
  corridor: string,
): VersionRow {
  const { statementId, publisher, grade, publishedAt, url, title, cluster } =
    payload as PayloadOf<'StatementCoded'>;
  return {
    corridor,
    position,
    review,
    claim: { ...claim, statementId, publisher, grade, publishedAt, url, title, cluster },
    until: state === 'standing' ? null : position,
    endedAs: state === 'standing' ? null : state,
  };
}

function isSame(row: VersionRow, standing: VersionRow | undefined): boolean {
  return standing?.review === row.review && isDeepStrictEqual(standing.claim, row.claim);
}
