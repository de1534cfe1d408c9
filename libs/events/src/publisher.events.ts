import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { corridorId, publisherKind, reliability, storableText } from './words.ts';

export const publisherName = storableText.pipe(z.string().trim().min(1).max(200));

export const publisherGrade = z.strictObject({
  reliability,
  kind: publisherKind,
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter country code, as in "FR"')
    .nullable()
    .default(null),
});
export type PublisherGrade = z.output<typeof publisherGrade>;

export const publisherGraded = defineEvent({
  type: 'PublisherGraded',
  version: 1,
  schema: z.strictObject({ publisher: publisherName, grade: publisherGrade }),
  keyOf: ({ publisher }) => publisher,
});

/** The same grade for the lane of one corridor, so that its status is derived anew at a certain position. One a corridor. */
export const publisherRegraded = defineEvent({
  type: 'PublisherRegraded',
  version: 1,
  schema: z.strictObject({ corridor: corridorId, publisher: publisherName, grade: publisherGrade }),
  keyOf: ({ corridor }) => corridor,
});
