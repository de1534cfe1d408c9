import { z } from 'zod';
import { claimType, corridorStatus, flow, modality, passageEffect } from '#events';
import { type FieldFault, recordsOf } from '#ndjson';
import { statementRecord } from './statement.record.ts';

/** Hand-made files leave a field out, or leave it empty, where there is nothing to say. */
function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());
}

const dayOfInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/, 'must begin with a day, as in "2022-12-12"')
  .transform((text) => text.slice(0, 10));

const goldClaim = z
  .object({
    /** The exact sentence, a part of the body. */
    sentence: z.string().regex(/\S/, 'is empty'),
    corridor: z.string().min(1),
    type: claimType,
    status: orNull(corridorStatus),
    speaker: z.string().min(1),
    speakerName: orNull(z.string()),
    modality,
    validFrom: orNull(dayOfInstant),
    /** What is told of passage; left out where nobody coded it. */
    flows: z.array(flow).optional(),
    effect: passageEffect.nullable().optional(),
    actor: z.string().nullable().optional(),
  })
  .refine(({ type, status }) => (status !== null) === (type === 'status' || type === 'denial'), {
    path: ['status'],
    message: 'must be blocked, restricted or open for a status or a denial, and null for the other types',
  });

/** A statement with the claims that a careful reader finds in it, in the order of the text. */
export const goldRecord = statementRecord.extend({ claims: z.array(goldClaim) });
export type GoldStatement = z.output<typeof goldRecord>;
export type GoldClaim = GoldStatement['claims'][number];

export interface GoldFault extends FieldFault {
  readonly file: string;
  readonly line: number;
}

const lineBytesMax = 64 * 1_024 * 1_024;

/** Reads a file of gold statements. A bad line or an id used twice is a fault. */
export async function readGold(
  file: string,
  chunks: AsyncIterable<Buffer>,
): Promise<{ statements: readonly GoldStatement[]; faults: readonly GoldFault[] }> {
  const statements = new Map<string, GoldStatement>();
  const faults: GoldFault[] = [];
  for await (const record of recordsOf(chunks, goldRecord, lineBytesMax)) {
    const { line } = record;
    if ('faults' in record) faults.push(...record.faults.map((fault) => ({ file, line, ...fault })));
    else if (statements.has(record.value.id))
      faults.push({ file, line, field: 'id', message: `"${record.value.id}" is used twice` });
    else statements.set(record.value.id, record.value);
  }
  return { statements: [...statements.values()], faults };
}
