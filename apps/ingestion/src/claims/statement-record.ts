import { isDeepStrictEqual } from 'node:util';
import {
  isClaimEvent,
  noClaims,
  turn,
  type ClaimEvent,
  type ClaimStanding,
  type StatementClaims,
} from '#claims';
import { type Claim, type EventType, type PayloadOf } from '#events';

/** What events about a claim tell of its statement. */
export type StatementContext = Omit<PayloadOf<'ClaimAdded'>, 'claim' | 'reviewer' | 'note'>;

/** The latest version of a claim, and how it stands. */
export interface ClaimRecord extends ClaimStanding {
  readonly corridor: string;
  readonly claim: Claim;
  /** 1, 2, 3 … with each event that changed it. */
  readonly revision: number;
  /** Who judged or added it last. */
  readonly lastWord: { readonly reviewer: string; readonly note: string | null } | null;
}

export interface CorridorRecord {
  readonly context: StatementContext;
  /** What the last coding found. */
  readonly coding: readonly Claim[];
  readonly claims: StatementClaims;
  readonly records: ReadonlyMap<string, ClaimRecord>;
}

/** A statement, and every claim that was ever found in it, as coders and people left them. */
export interface StatementRecord {
  readonly received: PayloadOf<'StatementReceived'> | null;
  readonly corridors: ReadonlyMap<string, CorridorRecord>;
  readonly ended: StatementClaims['ended'];
  /** Its words are gone. */
  readonly isRedacted: boolean;
  /** Who read all of it, since it was coded last. */
  readonly readBy: { readonly reviewer: string; readonly note: string | null } | null;
}

type StreamEvent = {
  [Type in EventType]: { readonly type: Type; readonly payload: PayloadOf<Type> };
}[EventType];

export const nothingRecorded: StatementRecord = {
  received: null,
  corridors: new Map(),
  ended: null,
  isRedacted: false,
  readBy: null,
};

export function statementRecordOf(stream: readonly StreamEvent[]): StatementRecord {
  return stream.reduce(withEvent, nothingRecorded);
}

/** One event of the statement's stream further. */
export function withEvent(record: StatementRecord, event: StreamEvent): StatementRecord {
  if (event.type === 'StatementReceived') return { ...record, received: event.payload };
  if (event.type === 'StatementReviewed') {
    const { reviewer, note } = event.payload;
    return { ...record, readBy: { reviewer, note } };
  }
  if (event.type === 'StatementRedacted') return { ...record, isRedacted: true };
  if (!isClaimEvent(event)) return record;
  return { ...withClaimEvent(record, event), ...endingOf(record, event) };
}

/** Every claim of the statement, in the order of the text. */
export function claimRecordsOf({ corridors }: StatementRecord): readonly ClaimRecord[] {
  return [...corridors.values()]
    .flatMap(({ records }) => [...records.values()])
    .sort(({ claim: one }, { claim: other }) => one.start - other.start || one.end - other.end);
}

function endingOf({ ended, readBy }: StatementRecord, { type }: ClaimEvent) {
  if (type === 'StatementRetracted') return { ended: ended ?? ('retracted' as const), readBy };
  if (type === 'StatementSuperseded') return { ended: ended ?? ('superseded' as const), readBy };
  return { ended, readBy: type === 'StatementCoded' ? null : readBy };
}

function withClaimEvent(record: StatementRecord, event: ClaimEvent): StatementRecord {
  const { corridor } = event.payload;
  if (corridor === null) return record;
  const before = record.corridors.get(corridor);
  const context = contextIn(event) ?? before?.context;
  if (context === undefined) return record;
  const coding = event.type === 'StatementCoded' ? event.payload.claims : (before?.coding ?? []);
  const { after: claims, begun, ended } = turn(before?.claims ?? noClaims, event);
  const records = new Map(before?.records);
  for (const [claimId, state] of ended) {
    const known = records.get(claimId);
    if (known !== undefined) records.set(claimId, { ...known, state, revision: known.revision + 1 });
  }
  for (const { claim, ...standing } of begun) {
    const known = before?.records.get(claim.claimId);
    records.set(claim.claimId, nextVersion(known, { claim, corridor, ...standing, lastWord: wordIn(event) }));
  }
  return {
    ...record,
    corridors: new Map(record.corridors).set(corridor, { context, coding, claims, records }),
  };
}

/** A coding that says the same of a claim as the one before is no new version of it. */
function nextVersion(known: ClaimRecord | undefined, next: Omit<ClaimRecord, 'revision'>): ClaimRecord {
  if (known === undefined) return { ...next, revision: 1 };
  const { revision, ...before } = known;
  return isDeepStrictEqual(before, next) ? known : { ...next, revision: revision + 1 };
}

function wordIn(event: ClaimEvent): ClaimRecord['lastWord'] {
  if (event.type !== 'ClaimReviewed' && event.type !== 'ClaimAdded') return null;
  const { reviewer, note } = event.payload;
  return { reviewer, note };
}

function contextIn(event: ClaimEvent): StatementContext | null {
  if (event.type === 'StatementRetracted' || event.type === 'StatementSuperseded') return null;
  const { statementId, corridor, publisher, grade, url, publishedAt, title, cluster } = event.payload;
  return { statementId, corridor, publisher, grade, url, publishedAt, title, cluster };
}
