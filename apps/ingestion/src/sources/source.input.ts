import { z } from 'zod';
import { corridorId, publisherName, statementUrl } from '#events';

/** A source as it is registered. */
export const sourceInput = z.strictObject({
  feedUrl: statementUrl,
  publisher: publisherName,
  everyMinutes: z
    .int('must be a whole number of minutes')
    .min(1, 'must be from 1 to 10080')
    .max(10_080, 'must be from 1 to 10080'),
  /** The corridors that all its items are about. */
  about: z.array(corridorId).max(50).default([]),
});
export type SourceInput = z.output<typeof sourceInput>;
