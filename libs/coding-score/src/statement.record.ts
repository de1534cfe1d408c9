import { z } from 'zod';

const earliest = '1900-01-01';

/** A day, or an instant; one without an offset is taken for UTC, as feeds that leave it out mostly mean it. */
const publishedAt = z
  .union(
    [z.iso.datetime({ offset: true, local: true }), z.iso.date()],
    'must be a day or an RFC 3339 instant, as in "2023-01-20" or "2023-01-20T17:00:00Z"',
  )
  .refine((text) => text >= earliest, `is before ${earliest}`)
  .transform((text) =>
    new Date(/T.*(?:Z|[+-]\d\d:\d\d)$|^[^T]+$/.test(text) ? text : `${text}Z`).toISOString(),
  );

/** A statement as files of statements hold it, one a line. Other fields are let by. */
export const statementRecord = z.object({
  id: z.string().min(1).max(1_000),
  publisher: z.string().trim().min(1).max(1_000),
  publishedAt,
  title: z.string().nullable().default(null),
  language: z.string().max(35).nullable().default(null),
  /** Ids of the corridors that its publisher tagged. */
  about: z
    .array(z.string())
    .max(1_000)
    .nullable()
    .default(null)
    .transform((ids) => ids ?? []),
  body: z.string(),
});
export type StatementRecord = z.output<typeof statementRecord>;
