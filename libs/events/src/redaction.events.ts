import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { sha256Hex } from './claim.ts';
import { wordsTold } from './redacted-text.ts';
import { reviewer, statementId } from './statement.events.ts';
import { corridorId, storableText } from './words.ts';

/** It stays readable for good, so it MUST NOT repeat what is to be unreadable. */
export const redactionReason = storableText.pipe(z.string().trim().min(1).max(2_000));

/**
 * The words of a statement are to be unreadable from here on; what it claims goes on to count. One event for the
 * statement, without a corridor, and one for each corridor that it spoke of, so that each learns of it in order.
 */
export const statementRedacted = defineEvent({
  type: 'StatementRedacted',
  version: 1,
  schema: z.strictObject({
    statementId,
    corridor: corridorId.nullable(),
    reason: redactionReason,
    /** Who asked for it, where that is another than who did it: a name or a pseudonym, as the desk wishes. */
    requestedBy: reviewer.nullable(),
    /** Known again by it, however it is typeset (like `statementId`, a hash of the text); null in those of corridors. */
    wording: z.uuid().nullable(),
    /** What the words told, for each version of each of its claims about the corridor. */
    claims: z.array(
      z.strictObject({
        /** Of the event that brought the version. */
        position: z.int().min(1),
        claimId: z.uuid(),
        told: wordsTold,
      }),
    ),
  }),
  keyOf: (payload) => payload.corridor ?? payload.statementId,
});

/** As many as one event names; further ones are named by further events. */
export const erasedPayloadsMax = 1_000;

/**
 * These payloads are gone, with their salts, and stubs stand in their place. Of two events that name one position the
 * later one holds. A payload that is missing and that no such event names was removed by someone else.
 */
export const payloadsErased = defineEvent({
  type: 'PayloadsErased',
  version: 1,
  schema: z.strictObject({
    /** The redacted statement whose words they held. */
    statementId,
    replaced: z
      .array(
        z.strictObject({
          position: z.int().min(1),
          /** The version of the contract that the stub is written in. */
          schemaVersion: z.int().min(1),
          /** Of the stub's RFC 8785 form. */
          stubSha256: sha256Hex,
        }),
      )
      .min(1)
      .max(erasedPayloadsMax),
  }),
  keyOf: (payload) => payload.statementId,
});
