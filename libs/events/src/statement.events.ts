import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { claim, sha256Hex, shortText, withoutPassage } from './claim.ts';
import { publisherGrade, publisherName } from './publisher.events.ts';
import { corridorId, instant, storableText } from './words.ts';

export const statementId = z.uuid();

export const statementUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/** One fetch of a feed or a page, as it went over the wire. */
export const fetchRecord = z.strictObject({
  url: statementUrl,
  /** After redirects. */
  finalUrl: statementUrl,
  status: z.int(),
  /** Those that tell when and by whom the page was made, in lower case. */
  headers: z.record(z.string(), storableText),
  fetchedAt: instant,
});
export type FetchRecord = z.output<typeof fetchRecord>;

/** How the statement came to us. */
export const custody = z.strictObject({
  /** The API key's id, or `source:` and the id of the feed source. */
  receivedFrom: z.string(),
  receivedAt: instant,
  /** SHA-256 in hex of the bytes as received. */
  bytesSha256: sha256Hex,
  /**
   * Which bytes those are: of the answer that was fetched (a page or a feed); of the body of the request, all of its
   * JSON as it came over the wire; of a line of a batch, without its line feed; or, of statements from before it was
   * noted, of the text in UTF-8.
   */
  bytesOf: z.enum(['response', 'request', 'line', 'text']),
  /** Of the one who sent it, as far as the trusted proxies tell; null where it was fetched or not noted. */
  remoteAddress: z.string().max(64).nullable(),
  /** Null where it was sent to us. */
  fetch: fetchRecord.nullable(),
});

export const statementReceived = defineEvent({
  type: 'StatementReceived',
  version: 3,
  schema: z.strictObject({
    statementId,
    publisher: publisherName,
    url: statementUrl.nullable(),
    publishedAt: instant,
    title: shortText.nullable(),
    /** BCP 47; null where it is neither given nor to be told from the text. */
    language: z.string().max(35).nullable(),
    languageBy: z.enum(['publisher', 'detector']).nullable(),
    /** Where the text is plainly in another language than the publisher says; then no coder reads it as that. */
    detectedLanguage: z.string().max(35).optional(),
    about: z.array(corridorId),
    body: storableText,
    /** The first statement of those that say the same in nearly the same words: reprints, syndicated copies. */
    cluster: statementId,
    /** The statement that stood at the same URL before the publisher corrected it. */
    revises: statementId.nullable(),
    custody,
    /** Only where the text was redacted: one for publisher and text, so that it is known when it comes again. */
    redacted: z.strictObject({ wording: z.uuid() }).optional(),
  }),
  upcasters: [
    (payload) => {
      const first = payload as Record<string, unknown> & { custody: object };
      return {
        ...first,
        languageBy: first['language'] === null ? null : 'publisher',
        cluster: first['statementId'],
        revises: null,
        custody: { ...first.custody, fetch: null },
      };
    },
    (payload) => {
      const second = payload as { custody: { fetch: object | null } };
      const bytesOf = second.custody.fetch === null ? 'text' : 'response';
      return { ...second, custody: { ...second.custody, bytesOf, remoteAddress: null } };
    },
  ],
  keyOf: (payload) => payload.statementId,
  erasable: true,
});

/**
 * What readers of a claim need of its statement and of the publisher's grade at that moment. Events about claims carry
 * it, because only events with the same key arrive in order.
 */
const statementContext = {
  statementId,
  corridor: corridorId,
  publisher: publisherName,
  grade: publisherGrade.nullable(),
  url: statementUrl.nullable(),
  publishedAt: instant,
  title: shortText.nullable(),
  cluster: statementId,
};

/** The claims that a coder finds in one statement about one corridor; they replace those of an earlier coding. */
export const statementCoded = defineEvent({
  type: 'StatementCoded',
  version: 3,
  schema: z.strictObject({
    ...statementContext,
    coder: z.string(),
    /** SHA-256 in hex of the coder's tables and rules; null where it was not yet recorded. */
    coderData: sha256Hex.nullable(),
    claims: z.array(claim),
  }),
  upcasters: [
    (payload) => {
      const first = payload as Record<string, unknown> & { claims: readonly object[] };
      return {
        ...first,
        cluster: first['statementId'],
        coderData: null,
        claims: first.claims.map((each) => ({ ...each, coderData: null, why: null })),
      };
    },
    (payload) => {
      const second = payload as Record<string, unknown> & { claims: readonly object[] };
      return { ...second, claims: second.claims.map(withoutPassage) };
    },
  ],
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});

/** A person who reviews: a name or a pseudonym, as the desk wishes. */
export const reviewer = storableText.pipe(z.string().trim().min(1).max(200));
export const reviewNote = storableText.pipe(z.string().max(2_000));

export const reviewDecision = z.enum(['confirm', 'reject', 'amend']);
export type ReviewDecision = z.output<typeof reviewDecision>;

/** A person has judged a claim; the latest review of a claim holds. */
export const claimReviewed = defineEvent({
  type: 'ClaimReviewed',
  version: 2,
  schema: z.strictObject({
    ...statementContext,
    decision: reviewDecision,
    /** As it stands after the review, under the same id; when rejected, as it stood before. */
    claim,
    reviewer,
    note: reviewNote.nullable(),
    /** The claim of an earlier coding, on the same sentence, that the person judged. */
    carriedFrom: z.uuid().nullable(),
  }),
  upcasters: [liftClaim],
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});

/** A person found a claim that no coder did. */
export const claimAdded = defineEvent({
  type: 'ClaimAdded',
  version: 2,
  schema: z.strictObject({ ...statementContext, claim, reviewer, note: reviewNote.nullable() }),
  upcasters: [liftClaim],
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});

/** A person has read the whole statement and added what the coders missed; it leaves the queue of coding by hand. */
export const statementReviewed = defineEvent({
  type: 'StatementReviewed',
  version: 1,
  schema: z.strictObject({ statementId, reviewer, note: reviewNote.nullable() }),
  keyOf: (payload) => payload.statementId,
  // A note may quote the text. (Those recorded before it could be erased stay.)
  erasable: true,
});

/** One event for each corridor that the statement had claims about, so that each learns of it in order. */
export const statementRetracted = defineEvent({
  type: 'StatementRetracted',
  version: 1,
  schema: z.strictObject({
    statementId,
    corridor: corridorId.nullable(),
    reason: storableText.pipe(z.string().min(1).max(2_000)),
  }),
  keyOf: (payload) => payload.corridor ?? payload.statementId,
  // As with the note of a review.
  erasable: true,
});

/** The publisher corrected the page: the later version's claims count, this one's no longer. One event a corridor. */
export const statementSuperseded = defineEvent({
  type: 'StatementSuperseded',
  version: 1,
  schema: z.strictObject({ statementId, corridor: corridorId.nullable(), supersededBy: statementId }),
  keyOf: (payload) => payload.corridor ?? payload.statementId,
});

function liftClaim(payload: unknown): unknown {
  const first = payload as Record<string, unknown> & { claim: object };
  return { ...first, claim: withoutPassage(first.claim) };
}
