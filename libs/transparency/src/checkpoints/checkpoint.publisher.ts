import { type Pool, type PoolClient } from 'pg';
import { formatVkey, signCheckpoint, type Checkpoint, type SignerKey } from '#proofs';
import { inTransaction } from '#platform';
import { demandCurrent, lockSigning, readLogKeys } from '../keys/signing-key.store.ts';
import { treeAt } from '../tree/tile.store.ts';
import { SigningRefusedError } from '../transparency.error.ts';
import { insertCheckpoint, latestCheckpoint } from './checkpoint.store.ts';
import { type SignedRecord } from './signed-record.ts';

export interface SigningParts {
  readonly pool: Pool;
  readonly record: SignedRecord;
}

/**
 * Signs the tree as it is, if it has grown, keeps on record what was signed, and only then commits, after which others
 * can see it. A process that dies in between has signed what the next one signs again: the same tree.
 * @returns the size published last; 0 before the first
 * @throws SigningRefusedError, TransparencyError
 */
export async function publishCheckpoint({ pool, record }: SigningParts, key: SignerKey): Promise<number> {
  return inTransaction(pool, async (tx) => {
    await demandSigner(tx, key);
    return (await publishIn(tx, record, key)).published;
  });
}

/** As `publishCheckpoint`. MUST be under `demandSigner`. */
export async function publishIn(
  tx: PoolClient,
  record: SignedRecord,
  key: SignerKey,
): Promise<{ readonly size: number; readonly published: number }> {
  const { size, last } = await readStandings(tx);
  const published = last?.size ?? 0;
  const signed = await record.last();
  if (!(await isGrownTo(tx, size, signed)) || size === published) return { size, published };
  const root = await consistentRoot(tx, size, [signed, last]);
  const note = signCheckpoint({ origin: key.verifierKey.name, size, root, extensions: [] }, key);
  await record.keep(note);
  await insertCheckpoint(tx, size, root, note);
  return { size, published: size };
}

/** @throws TransparencyError where another key signs now */
export async function demandSigner(tx: PoolClient, key: SignerKey): Promise<void> {
  const vkey = formatVkey(key.verifierKey);
  if ((await lockSigning(tx)) !== vkey) demandCurrent(await readLogKeys(tx), vkey);
}

/**
 * Whether the tree is as large as what was signed; it is not where it is being grown anew, and it is not touched before.
 * @throws SigningRefusedError where the ledger has not the events for it
 */
async function isGrownTo(
  tx: PoolClient,
  size: number,
  signed: Pick<Checkpoint, 'size'> | null,
): Promise<boolean> {
  if (signed === null || signed.size <= size) return true;
  const { rows } = await tx.query<{ position: string }>('SELECT position FROM ledger.head');
  const head = Number(rows[0]?.position ?? 0);
  if (head >= signed.size) return false;
  throw new SigningRefusedError(
    'history_lost',
    `A tree of ${signed.size} events was signed, and the ledger has ${head}: was the database restored from an older backup?`,
  );
}

/**
 * The root of the tree at a size, if the tree still holds everything that was signed before.
 * @param signed by the record beside the key, and by the database
 * @throws SigningRefusedError
 */
async function consistentRoot(
  tx: PoolClient,
  size: number,
  signed: readonly (Pick<Checkpoint, 'size' | 'root'> | null)[],
): Promise<Buffer> {
  const known = new Map(signed.filter((head) => head !== null).map((head) => [headKey(head), head]));
  for (const head of known.values()) await demandSameRoot(tx, head);
  return treeAt(tx, size).root();
}

/** The record and the database mostly say the same. */
function headKey({ size, root }: Pick<Checkpoint, 'size' | 'root'>): string {
  return `${size} ${Buffer.from(root).toString('hex')}`;
}

async function demandSameRoot(tx: PoolClient, head: Pick<Checkpoint, 'size' | 'root'>): Promise<void> {
  const root = await treeAt(tx, head.size).root();
  if (root.equals(head.root)) return;
  const [now, then] = [root, Buffer.from(head.root)].map((hash) => hash.toString('base64'));
  throw new SigningRefusedError(
    'history_altered',
    `The first ${head.size} events have the root ${String(now)}, and ${String(then)} was signed: the history was altered.`,
  );
}

async function readStandings(tx: PoolClient) {
  const { rows } = await tx.query<{ size: string }>({
    name: 'transparency-size/1',
    text: 'SELECT size FROM transparency.tree',
  });
  return { size: Number(rows[0]?.size ?? 0), last: await latestCheckpoint(tx) };
}
