import {
  blockEventCount,
  type BundledEvent,
  endLine,
  eventLine,
  headerLine,
  leafHashesLine,
  TiledTree,
  widthIn,
} from '#proofs';
import { readTile, treeAt } from '../tree/tile.store.ts';
import { type LogReader } from './log.reader.ts';
import { BeyondCheckpointError, NotPublishedYetError } from './reading.error.ts';
import { countRecords, lastErasure, readRecords } from './record.reader.ts';

/** A bundle that is being made: see `libs/proofs/src/bundle`. */
export interface Bundle {
  /** Of the checkpoint that it verifies against. */
  readonly size: number;
  readonly eventCount: number;
  /** Fetched as they are asked for. */
  readonly lines: AsyncIterable<string>;
}

/** A statement may have a megabyte, so this many are read at once. */
const pageMax = 64;
/** 8 kB each: those of the right edge, and some of those around the event in hand. */
const tilesKeptMax = 64;

/** Makes bundles that verify offline, of what one checkpoint covers, in memory that does not grow with them. */
export class BundleExport {
  constructor(private readonly log: LogReader) {}

  /**
   * @param corridor whose events, each with its proof; null for the whole ledger
   * @param from a size that the asker trusts, from which consistency is proved
   * @throws NoCheckpointYetError, BeyondCheckpointError, NotPublishedYetError
   */
  async begin(corridor: string | null, from: number | null): Promise<Bundle> {
    const { pool } = this.log;
    const { note, size } = await this.log.checkpoint();
    // What is gone is proved by the event that erased it, which has to be under the checkpoint.
    const erasure = await lastErasure(pool);
    if (erasure > size) throw new NotPublishedYetError(erasure, 'appended');
    if (from !== null && from > size) throw new BeyondCheckpointError(from, size);
    const tree = treeAt(pool, size);
    const eventCount = corridor === null ? size : await countRecords(pool, size, corridor);
    const header = headerLine({
      corridor,
      eventCount,
      checkpoint: note,
      trust: await this.log.trustFile(),
      consistency: from === null ? null : { from, proof: await tree.consistencyProof(from) },
      blocks: corridor === null ? await tree.blockRoots() : null,
    });
    return { size, eventCount, lines: this.lines(header, corridor, size, eventCount) };
  }

  private async *lines(
    header: string,
    corridor: string | null,
    size: number,
    eventCount: number,
  ): AsyncGenerator<string> {
    yield header;
    const proofs = corridor === null ? null : this.keepingTiles(size);
    for (let after = 0; ;) {
      const records = await readRecords(this.log.pool, { after, through: size, limit: pageMax, corridor });
      if (records.length === 0) break;
      const lines: string[] = [];
      for (const { leaf, content } of records) {
        const index = leaf.position - 1;
        if ('erasedBy' in content && content.erasedBy > size)
          throw new Error(`The payload at position ${leaf.position} was erased while the bundle was made`);
        if (proofs === null && index % blockEventCount === 0) lines.push(await this.leafHashes(index, size));
        const proof: BundledEvent['proof'] = proofs && (await proofs.inclusionProof(index));
        lines.push(eventLine({ leaf, content, proof }));
        after = leaf.position;
      }
      yield lines.join('');
    }
    yield endLine(eventCount);
  }

  private async leafHashes(index: number, size: number): Promise<string> {
    const tile = Math.floor(index / blockEventCount);
    const asked = { level: 0, index: tile, width: widthIn(size, 0, tile) };
    const hashes = await readTile(this.log.pool, asked);
    if (hashes === null) throw new Error(`Tile ${tile} of level 0 is missing`);
    return leafHashesLine(hashes);
  }

  /** Events lie close together, so most of what one proof is made of is needed for the next. */
  private keepingTiles(size: number): TiledTree {
    const kept = new Map<string, Promise<Buffer>>();
    return new TiledTree(size, (level, index, width) => {
      const key = `${level}/${index}`;
      const tile =
        kept.get(key) ??
        readTile(this.log.pool, { level, index, width }).then((hashes) => hashes ?? Buffer.alloc(0));
      kept.delete(key);
      kept.set(key, tile);
      const [oldest] = kept.keys();
      if (kept.size > tilesKeptMax && oldest !== undefined) kept.delete(oldest);
      return tile;
    });
  }
}
