import { type ClientBase } from 'pg';
import { rootOfHashes, tileWidth } from '#proofs';
import { faultWithin, type LedgerFault } from './ledger-fault.ts';

const hashBytes = 32;
const tileBytes = tileWidth * hashBytes;

/**
 * Builds the tiles of the tree anew from its leaves, level by level, and holds each against the stored one. No more than
 * one tile a level is in memory.
 */
export class TileCheck {
  private readonly levels: { tile: Buffer; count: number; index: number }[] = [];
  private readonly found: LedgerFault[] = [];

  /** @param treeSize how many leaves the stored tree has; events beyond are not in it yet */
  constructor(
    private readonly client: ClientBase,
    private readonly treeSize: number,
  ) {}

  async take(position: number, leafHash: Uint8Array): Promise<void> {
    if (position <= this.treeSize) await this.add(0, leafHash);
  }

  /** In the place of an event that is not there; nothing where the tree does not hold it either. */
  async takeStored(position: number): Promise<Uint8Array> {
    const { count, index } = this.levels[0] ?? { count: 0, index: 0 };
    const stored = (await this.stored(0, index)).subarray(count * hashBytes, (count + 1) * hashBytes);
    const hash = stored.length === hashBytes ? stored : Buffer.alloc(hashBytes);
    await this.take(position, hash);
    return hash;
  }

  /** What differs so far; to be asked once. */
  async faults(): Promise<readonly LedgerFault[]> {
    for (const level of this.levels.keys()) await this.compare(level);
    return this.found;
  }

  private async add(level: number, hash: Uint8Array): Promise<void> {
    const at = (this.levels[level] ??= { tile: Buffer.alloc(tileBytes), count: 0, index: 0 });
    at.tile.set(hash, at.count * hashBytes);
    at.count += 1;
    if (at.count < tileWidth) return;
    await this.compare(level);
    await this.add(level + 1, rootOfHashes(at.tile));
    at.count = 0;
    at.index += 1;
  }

  private async compare(level: number): Promise<void> {
    const { tile, count, index } = this.levels[level] ?? { tile: Buffer.alloc(0), count: 0, index: 0 };
    if (count === 0) return;
    const stored = await this.stored(level, index);
    for (let n = 0; n < count; n += 1) {
      const bytes = [n * hashBytes, (n + 1) * hashBytes] as const;
      if (stored.subarray(...bytes).equals(tile.subarray(...bytes))) continue;
      const leafCount = tileWidth ** level;
      const from = (index * tileWidth + n) * leafCount + 1;
      const to = from + leafCount - 1;
      // What is wrong below is wrong above as well, and was told.
      if (this.found.some((fault) => fault.from >= from && fault.to <= to)) continue;
      this.found.push(
        faultWithin('leaf_replaced', from, to, 'the tree holds another hash than the events give'),
      );
    }
  }

  private async stored(level: number, index: number): Promise<Buffer> {
    const { rows } = await this.client.query<{ hashes: Buffer }>({
      name: 'ledger-check-tile',
      text: 'SELECT hashes FROM transparency.tile WHERE level = $1 AND index = $2',
      values: [level, index],
    });
    return rows[0]?.hashes ?? Buffer.alloc(0);
  }
}
