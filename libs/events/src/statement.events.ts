import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { publisherGrade, publisherName } from './publisher.events.ts';
import { claimType, corridorId, corridorStatus, day, instant, modality, storableText } from './words.ts';

export const statementId = z.uuid();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const shortText = storableText.pipe(z.string().max(1_000));

export const statementUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/** One sentence says one kind of thing about one corridor. */
export const claim = z.strictObject({
  claimId: z.uuid(),
  type: claimType,
  /** For `status` and `denial`: the state as the speaker says it is; else null. */
  status: corridorStatus.nullable(),
  /** Taken for granted by the sentence ("the ongoing blockade"), not said outright. */
  presupposed: z.boolean(),
  speaker: shortText,
  speakerName: shortText.nullable(),
  modality,
  /** The day the said thing holds from or happened, where the sentence gives it. */
  validFrom: day.nullable(),
  /** UTF-16 offsets into the statement's body; `quote` = `body.slice(start, end)`. */
  start: z.int().min(0),
  end: z.int().min(1),
  quote: storableText,
  /** The coder's own certainty, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** Who made the claim, as `name/version`. */
  coder: z.string(),
  rule: z.string(),
});
export type Claim = z.output<typeof claim>;

/** How the statement came to us. */
export const custody = z.strictObject({
  /** The API key's id, or the feed source's id. */
  receivedFrom: z.string(),
  receivedAt: instant,
  /** SHA-256 of the body's UTF-8 bytes as received, in hex. */
  bytesSha256: sha256Hex,
});

export const statementReceived = defineEvent({
  type: 'StatementReceived',
  version: 1,
  schema: z.strictObject({
    statementId,
    publisher: publisherName,
    url: statementUrl.nullable(),
    publishedAt: instant,
    title: shortText.nullable(),
    language: z.string().max(35).nullable(),
    about: z.array(corridorId),
    body: storableText,
    custody,
  }),
  keyOf: (payload) => payload.statementId,
  erasable: true,
});

/**
 * The claims of one statement about one corridor. It carries what its readers need of the statement and of the
 * publisher's grade at that moment, because only events with the same key arrive in order.
 */
export const statementCoded = defineEvent({
  type: 'StatementCoded',
  version: 1,
  schema: z.strictObject({
    statementId,
    corridor: corridorId,
    publisher: publisherName,
    grade: publisherGrade.nullable(),
    url: statementUrl.nullable(),
    publishedAt: instant,
    title: shortText.nullable(),
    coder: z.string(),
    claims: z.array(claim),
  }),
  keyOf: ({ corridor }) => corridor,
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
});
