import { z } from 'zod';
import { numberSetting } from '#platform';
import { isKeyName, parseSkey, signatureTypes, type SignerKey } from '#proofs';
import { parseWitnesses, type KeySource, type Witness } from '#transparency';

/** What signing the log over the ledger needs, in any deployment. */
export const auditSettings = {
  /** `PRIVATE+KEY+…`, as Go's sumdb/note writes it, in place of a key in a file. */
  LOG_SIGNING_KEY: z.string().transform(readSigningKey).optional(),
  /** Made on the first start, for its owner alone. The record of what was signed lies beside it: keep the two together. */
  LOG_SIGNING_KEY_FILE: z.string().min(1).optional(),
  /** The log's name: a schema-less URL, which need not lead anywhere. Made once and kept with the key when not set. */
  LOG_ORIGIN: z
    .string()
    .max(200, 'must be at most 200 characters')
    .refine(
      (origin) => isKeyName(origin) && !origin.includes('://'),
      'must be a name without a scheme, spaces or plus, as in "log.example/corridors"',
    )
    .optional(),
  /** Who is asked to cosign: `URL vkey`, parted by commas. */
  WITNESSES: z.string().transform(readWitnesses).default([]),
  /** How long it is kept who read what of the audit routes. */
  AUDIT_READS_KEPT_DAYS: numberSetting(1, 3_650).default(365),
};

export type AuditSettings = z.output<z.ZodObject<typeof auditSettings>>;

export interface AuditOptions {
  readonly keys: KeySource;
  readonly witnesses: readonly Witness[];
  readonly readsKeptDays: number;
}

/** @param dataDir where the key file is when no other place is set */
export function auditOptions(settings: AuditSettings, dataDir = '.data'): AuditOptions {
  const { LOG_SIGNING_KEY, LOG_SIGNING_KEY_FILE, LOG_ORIGIN, WITNESSES, AUDIT_READS_KEPT_DAYS } = settings;
  return {
    keys: {
      given: LOG_SIGNING_KEY ?? null,
      file: LOG_SIGNING_KEY_FILE ?? `${dataDir}/log/signing.key`,
      origin: LOG_ORIGIN ?? null,
    },
    witnesses: WITNESSES,
    readsKeptDays: AUDIT_READS_KEPT_DAYS,
  };
}

function readSigningKey(text: string, context: z.RefinementCtx): SignerKey {
  try {
    const key = parseSkey(text.trim());
    if (key.verifierKey.type === signatureTypes.note) return key;
    context.addIssue({ code: 'custom', message: 'must be the key of a log, and is that of a witness' });
  } catch (error) {
    // Its messages hold nothing of what was given.
    context.addIssue({ code: 'custom', message: `must be PRIVATE+KEY+…: ${(error as Error).message}` });
  }
  return z.NEVER;
}

function readWitnesses(text: string, context: z.RefinementCtx): readonly Witness[] {
  try {
    return parseWitnesses(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
}
