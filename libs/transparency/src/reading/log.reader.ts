import { type Pool } from 'pg';
import { formatProofFile, formatTrustFile, tilePath, type TileAddress, widthIn } from '#proofs';
import { latestCheckpoint, type PublishedCheckpoint } from '../checkpoints/checkpoint.store.ts';
import { type LogKey, readLogKeys } from '../keys/signing-key.store.ts';
import { readTrust } from '../keys/trust.ts';
import { readTile, treeAt } from '../tree/tile.store.ts';
import { readWitnesses, type WitnessStanding } from '../witnesses/witness.store.ts';
import { type Witness } from '../witnesses/witness.ts';
import { type LogSizes, readSizes, stateOf } from './log.sizes.ts';
import {
  BeyondCheckpointError,
  NoCheckpointYetError,
  NoSuchPositionError,
  NoSuchTileError,
  NotPublishedYetError,
} from './reading.error.ts';

export interface Head {
  readonly size: number;
  readonly root: Buffer;
}

export interface ConsistencyProof {
  readonly from: Head;
  readonly to: Head;
  readonly proof: readonly Buffer[];
}

export interface WatchedBy extends WitnessStanding {
  readonly witness: Witness;
}

/** Answers whoever wants to check the log. It reads what was published, and needs no key. */
export class LogReader {
  constructor(
    readonly pool: Pool,
    private readonly witnesses: readonly Witness[] = [],
  ) {}

  sizes(): Promise<LogSizes> {
    return readSizes(this.pool);
  }

  /** @throws NoCheckpointYetError */
  async checkpoint(witnessesMin = 0): Promise<PublishedCheckpoint> {
    const checkpoint = await latestCheckpoint(this.pool, witnessesMin);
    if (checkpoint === null) throw new NoCheckpointYetError(witnessesMin);
    return checkpoint;
  }

  /**
   * The proof file of the event at a position, under the latest checkpoint.
   * @throws NoSuchPositionError, NotPublishedYetError
   */
  async proofFile(position: number): Promise<string> {
    const checkpoint = await latestCheckpoint(this.pool);
    if (checkpoint === null || checkpoint.size < position) throw await this.notPublished(position);
    const index = position - 1;
    const proof = await treeAt(this.pool, checkpoint.size).inclusionProof(index);
    return formatProofFile({ index, proof, checkpoint: checkpoint.note });
  }

  /** @param to the latest checkpoint's size when not given @throws BeyondCheckpointError, NoCheckpointYetError */
  async consistency(from: number, to?: number): Promise<ConsistencyProof> {
    const { size: published } = await this.checkpoint();
    const until = to ?? published;
    const beyond = [from, until].find((size) => size > published);
    if (beyond !== undefined) throw new BeyondCheckpointError(beyond, published);
    const tree = treeAt(this.pool, until);
    const [fromRoot, toRoot, proof] = await Promise.all([
      treeAt(this.pool, from).root(),
      tree.root(),
      tree.consistencyProof(Math.min(from, until)),
    ]);
    return { from: { size: from, root: fromRoot }, to: { size: until, root: toRoot }, proof };
  }

  /**
   * Leaves themselves are no tiles of ours: they tell who did what, and are read with a key.
   * @throws NoSuchTileError for a tile that no published tree has
   */
  async tile(address: TileAddress): Promise<Buffer> {
    const { level, index, width } = address;
    const { published } = await this.sizes();
    if (level === 'entries') throw new NoSuchTileError(tilePath(address), published);
    const tile =
      width <= widthIn(published, level, index) ? await readTile(this.pool, { level, index, width }) : null;
    if (tile === null) throw new NoSuchTileError(tilePath(address), published);
    return tile;
  }

  keys(): Promise<readonly LogKey[]> {
    return readLogKeys(this.pool);
  }

  /** Whom to believe, by the log's own account, as a trust file. */
  async trustFile(): Promise<string> {
    return formatTrustFile(
      await readTrust(
        this.pool,
        this.witnesses.map(({ key }) => key),
      ),
    );
  }

  async watchedBy(): Promise<readonly WatchedBy[]> {
    const standings = await readWitnesses(
      this.pool,
      this.witnesses.map(({ vkey }) => vkey),
    );
    return this.witnesses.flatMap((witness, at) => {
      const standing = standings[at];
      return standing === undefined ? [] : [{ witness, ...standing }];
    });
  }

  private async notPublished(position: number): Promise<Error> {
    const sizes = await this.sizes();
    const state = stateOf(position, sizes);
    return state === null
      ? new NoSuchPositionError(position, sizes.appended)
      : new NotPublishedYetError(position, state);
  }
}
