import { type Pool } from 'pg';
import { parseVkey, type TrustFile, type VerifierKey } from '#proofs';
import { readLogKeys } from './signing-key.store.ts';

/** Whom a verifier of this log may believe, as the log has it. What it is worth depends on how it was got. */
export async function readTrust(pool: Pool, witnesses: readonly VerifierKey[]): Promise<TrustFile> {
  const keys = await readLogKeys(pool);
  return {
    logKeys: keys.map(({ vkey, fromSize, untilSize }) => ({ key: parseVkey(vkey), fromSize, untilSize })),
    witnesses,
  };
}
