import { type PoolClient } from 'pg';
import {
  canonicalPayloadHash,
  leafHash,
  rootOfHashes,
  signCheckpoint,
  type SignerKey,
  tileWidth,
} from '#proofs';
import { leafOf } from '../src/event.check.ts';
import { eventRows, type EventRow } from '../src/event-row.ts';

/** How far a forger goes to hide what was done, each time with all that comes before. */
export const pains = ['nothing', 'payload hashes', 'leaf hashes', 'tiles', 'signatures'] as const;
export type Pains = (typeof pains)[number];

const hashBytes = 32;

/** A superuser whom no right and no trigger stops, in a transaction that is rolled back. */
export class Forger {
  constructor(
    readonly client: PoolClient,
    private readonly origin: string,
    /** Stolen. */
    private readonly key: SignerKey,
  ) {}

  async run(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.client.query(sql, [...values]);
  }

  /** Makes everything derived fit the rows again, as far as the pains go. */
  async cover(effort: Pains): Promise<void> {
    const depth = pains.indexOf(effort);
    if (depth >= 1) await this.hashPayloads();
    if (depth >= 2) await this.hashLeaves();
    if (depth >= 3) await this.growTiles();
    if (depth >= 4) await this.sign();
  }

  private async hashPayloads(): Promise<void> {
    const rows = (await this.rows()).flatMap(({ position, own, erasable }) => {
      const { payload, salt } = own ?? erasable ?? { payload: null, salt: null };
      return payload === null || salt === null
        ? []
        : [[position, canonicalPayloadHash(salt, payload)] as const];
    });
    await this.run(
      `UPDATE ledger.event AS e SET payload_hash = f.hash
       FROM unnest($1::bigint[], $2::bytea[]) AS f (position, hash) WHERE e.position = f.position`,
      [rows.map(([position]) => position), rows.map(([, hash]) => hash)],
    );
  }

  private async hashLeaves(): Promise<void> {
    const rows = await this.rows();
    await this.run(
      `UPDATE ledger.event AS e SET leaf_hash = f.hash
       FROM unnest($1::bigint[], $2::bytea[]) AS f (position, hash) WHERE e.position = f.position`,
      [rows.map(({ position }) => position), rows.map((row) => leafHash(leafOf(row)))],
    );
  }

  private async growTiles(): Promise<void> {
    await this.run('DELETE FROM transparency.tile');
    let hashes = await this.leafHashes();
    await this.run('UPDATE transparency.tree SET size = $1', [hashes.length]);
    for (let level = 0; hashes.length > 0; level += 1) {
      const above: Buffer[] = [];
      for (let index = 0; index * tileWidth < hashes.length; index += 1) {
        const tile = hashes.slice(index * tileWidth, (index + 1) * tileWidth);
        await this.run('INSERT INTO transparency.tile VALUES ($1, $2, $3)', [
          level,
          index,
          Buffer.concat(tile),
        ]);
        if (tile.length === tileWidth) above.push(rootOfHashes(Buffer.concat(tile)));
      }
      hashes = above;
    }
  }

  private async sign(): Promise<void> {
    const hashes = await this.leafHashes();
    const { rows } = await this.client.query<{ size: string }>('SELECT size FROM transparency.checkpoint');
    const sizes = new Set([...rows.map(({ size }) => Math.min(Number(size), hashes.length)), hashes.length]);
    await this.run('DELETE FROM transparency.cosignature');
    await this.run('DELETE FROM transparency.checkpoint');
    for (const size of [...sizes].filter((each) => each > 0)) {
      const root = rootOfHashes(Buffer.concat(hashes.slice(0, size)));
      const note = signCheckpoint({ origin: this.origin, size, root, extensions: [] }, this.key);
      await this.run('INSERT INTO transparency.checkpoint VALUES ($1, $2, $3, now())', [size, root, note]);
    }
  }

  private async leafHashes(): Promise<Buffer[]> {
    return (await this.rows()).map((row) => row.leafHash.subarray(0, hashBytes));
  }

  private async rows(): Promise<readonly EventRow[]> {
    const rows: EventRow[] = [];
    for await (const page of eventRows(this.client, 1_000)) rows.push(...page);
    return rows;
  }
}
