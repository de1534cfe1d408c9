import { z } from 'zod';
import { corridorId, publisherName, statementUrl, storableText } from '#events';

const bodyBytesMax = 1_024 * 1_024;
const futureMaxMs = 24 * 3_600 * 1_000;
/** Anything older is a slip of the sender; and the year 0 would stop every reader, as Postgres has none. */
const earliest = '1900-01-01';

/** RFC 3339 with any offset, kept in UTC. A day alone is midnight UTC, as many pages give no more. */
const publishedAt = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'must be an RFC 3339 instant, as in "2023-01-20T17:00:00Z"',
  )
  .refine((text) => text >= earliest, `is before ${earliest}`)
  .transform((text) => new Date(text).toISOString());

const body = storableText.pipe(
  z
    .string()
    .refine((text) => text.trim() !== '', 'is empty')
    .refine((text) => Buffer.byteLength(text) <= bodyBytesMax, 'is larger than 1 MiB of UTF-8'),
);

/** A statement as it is sent to us. */
export const statementInput = z.strictObject({
  publisher: publisherName,
  publishedAt,
  body,
  url: statementUrl.nullable().default(null),
  title: storableText.pipe(z.string().max(1_000)).nullable().default(null),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 tag, as in "en"')
    .max(35)
    .nullable()
    .default(null),
  about: z.array(corridorId).max(50).default([]),
});
export type StatementInput = z.output<typeof statementInput>;

/** Statements as of a moment: one that says it will be published tomorrow or later is a mistake of the sender. */
export function statementInputAt(now: Date) {
  return statementInput.refine(
    (statement) => Date.parse(statement.publishedAt) <= now.getTime() + futureMaxMs,
    {
      path: ['publishedAt'],
      message: 'is more than 24 hours in the future',
    },
  );
}
