import { rm } from 'node:fs/promises';
import { formatSignature, formatVkey, noteSignature, parseNote, type SignerKey } from '#proofs';
import { inTransaction } from '#platform';
import { demandSigner, publishIn, type SigningParts } from '../checkpoints/checkpoint.publisher.ts';
import { checkpointOfSize, insertCosignature } from '../checkpoints/checkpoint.store.ts';
import { TransparencyError } from '../transparency.error.ts';
import { finishRotation, type KeySource, keyIn, loadKey, nextKeyFile } from './key.source.ts';
import { freshLogKey } from './log-key.ts';
import { currentVkey, readLogKeys, replaceCurrent } from './signing-key.store.ts';

/** What a rotation did. */
export interface Rotation {
  readonly oldVkey: string;
  readonly newVkey: string;
  /** Of the checkpoint that both have signed; 0 where the log was empty and the old key signed nothing. */
  readonly size: number;
}

/**
 * Hands the log over to a new key: both sign the tree as it is, which ties the one to the other, and from there on the
 * new one signs alone. The new key is on disk before, and in its place after the database has it; wherever this is cut
 * off, the next start goes on with the one that the database names.
 * @throws TransparencyError, SigningRefusedError, KeyFileError
 */
export async function rotateKey(parts: SigningParts, source: KeySource): Promise<Rotation> {
  const current = await currentVkey(parts.pool);
  if (current === null) {
    throw new TransparencyError(
      'no_log',
      'There is no log yet: it gets its first key when the service starts.',
    );
  }
  const old = await loadKey(source, current);
  const next = await nextKey(parts, source, old.verifierKey.name);
  const [oldVkey, newVkey] = [old, next].map((key) => formatVkey(key.verifierKey)) as [string, string];
  const size = await inTransaction(parts.pool, async (tx) => {
    await demandSigner(tx, old);
    const tree = await publishIn(tx, parts.record, old);
    if (tree.published !== tree.size) {
      throw new TransparencyError(
        'tree_behind',
        `The tree of ${tree.size} events has still to grow to what was signed: try again when the service has caught up.`,
      );
    }
    if (tree.size > 0) {
      const published = await checkpointOfSize(tx, tree.size);
      const line = formatSignature(noteSignature(parseNote(published?.note ?? '').text, next));
      await insertCosignature(tx, tree.size, newVkey, line);
    }
    await replaceCurrent(tx, tree.size, oldVkey, newVkey);
    return tree.size;
  });
  await finishRotation(source, newVkey);
  return { oldVkey, newVkey, size };
}

/** One that a rotation left behind before it took effect will do; one that has signed already will not. */
async function nextKey({ pool }: SigningParts, source: KeySource, origin: string): Promise<SignerKey> {
  const file = nextKeyFile(source);
  const key = await keyIn(file, () => freshLogKey(origin));
  const known = (await readLogKeys(pool)).some(({ vkey }) => vkey === formatVkey(key.verifierKey));
  if (!known && key.verifierKey.name === origin) return key;
  await rm(file);
  return keyIn(file, () => freshLogKey(origin));
}
