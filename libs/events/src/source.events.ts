import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { publisherName } from './publisher.events.ts';
import { statementId, statementUrl } from './statement.events.ts';
import { corridorId, instant } from './words.ts';

export const sourceId = z.uuid();

/** A feed that is polled from now on. */
export const sourceRegistered = defineEvent({
  type: 'SourceRegistered',
  version: 1,
  schema: z.strictObject({
    source: sourceId,
    feedUrl: statementUrl,
    publisher: publisherName,
    everyMinutes: z.int().min(1).max(10_080),
    /** The corridors that all its items are about. */
    about: z.array(corridorId),
  }),
  keyOf: ({ source }) => source,
});

export const sourceRemoved = defineEvent({
  type: 'SourceRemoved',
  version: 1,
  schema: z.strictObject({ source: sourceId }),
  keyOf: ({ source }) => source,
});

/** A statement is no longer where it was published. It stays here, marked. */
export const statementDisappeared = defineEvent({
  type: 'StatementDisappeared',
  version: 1,
  schema: z.strictObject({
    statementId,
    source: sourceId,
    url: statementUrl.nullable(),
    /** The feed lists older items but not this one, or its page answers 404 or 410. */
    reason: z.enum(['not_listed', 'gone']),
    lastSeenAt: instant,
  }),
  keyOf: (payload) => payload.statementId,
});

export const statementReappeared = defineEvent({
  type: 'StatementReappeared',
  version: 1,
  schema: z.strictObject({ statementId, source: sourceId }),
  keyOf: (payload) => payload.statementId,
});
