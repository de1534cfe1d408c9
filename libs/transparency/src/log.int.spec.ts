import { rm, writeFile } from 'node:fs/promises';
import { GrowingTree, openCheckpoint, parseVkey } from '#proofs';
import { logScene, type LogScene } from '../test/log-scene.ts';
import { until } from '../../../test/harness/until.ts';
import { recordFileOf } from './checkpoints/signed-record.ts';
import { growTree } from './tree/integrator.ts';

let scene: LogScene;

beforeEach(async () => {
  scene = await logScene();
});

afterEach(() => scene.close());

/** The root over the ledger's leaves, by another way than the tiles. */
async function rootOfLedger(size: number): Promise<Buffer> {
  const { rows } = await scene.owner.query<{ leaf_hash: Buffer }>(
    'SELECT leaf_hash FROM ledger.event WHERE position <= $1 ORDER BY position',
    [size],
  );
  const tree = new GrowingTree();
  for (const { leaf_hash } of rows) tree.append(leaf_hash);
  expect(tree.size).toBe(size);
  return tree.root();
}

async function checkpoints(): Promise<{ size: number; note: string }[]> {
  const { rows } = await scene.owner.query<{ size: string; note: string }>(
    'SELECT size, note FROM transparency.checkpoint ORDER BY size',
  );
  return rows.map(({ size, note }) => ({ size: Number(size), note }));
}

async function demandAllTrue(): Promise<void> {
  const { rows } = await scene.owner.query<{ vkey: string }>('SELECT vkey FROM transparency.signing_key');
  const log = rows.map(({ vkey }) => parseVkey(vkey));
  for (const { size, note } of await checkpoints()) {
    const { checkpoint } = openCheckpoint(note, { log, witnesses: [] });
    expect(checkpoint.size).toBe(size);
    expect(Buffer.from(checkpoint.root)).toEqual(await rootOfLedger(size));
  }
}

it('signs the tree over the ledger as it grows, across the borders of tiles', async () => {
  const log = await scene.log();
  for (const count of [1, 254, 1, 1, 300, 1_000]) {
    await scene.append(count);
    await scene.published(log);
  }
  expect((await checkpoints()).map(({ size }) => size)).toEqual([1, 255, 256, 257, 557, 1_557]);
  await demandAllTrue();
});

it('takes in a ledger that was there before it, by as many steps as it needs, and has two full levels right', async () => {
  for (let each = 0; each < 67; each += 1) await scene.append(1_000);
  const log = await scene.log();
  await scene.published(log);
  const { rows } = await scene.owner.query<{ level: number; count: string; bytes: string }>(
    'SELECT level, count(*), sum(length(hashes)) AS bytes FROM transparency.tile GROUP BY level ORDER BY level',
  );
  expect(rows.map(({ level, count, bytes }) => [level, Number(count), Number(bytes) / 32])).toEqual([
    [0, 262, 67_000],
    [1, 2, 261],
    [2, 1, 1],
  ]);
  await demandAllTrue();
});

it('publishes an event within a second', async () => {
  const log = await scene.log();
  await scene.append(1);
  await scene.published(log);
  for (let each = 0; each < 5; each += 1) {
    const position = await scene.append(1);
    const appendedAt = performance.now();
    await until('it is published', () => log.health().published >= position, { everyMs: 2 });
    expect(performance.now() - appendedAt).toBeLessThan(1_000);
  }
});

it('grows without a gap and without a double when several instances do it at once', async () => {
  const logs = [await scene.log(), await scene.log(), await scene.log()];
  const append = async () => {
    for (let each = 0; each < 40; each += 1) await scene.append(7);
  };
  await Promise.all([append(), append(), append()]);
  for (const log of logs) await scene.published(log);
  expect(logs.map((log) => log.health())).toMatchObject(
    logs.map(() => ({ integrated: 840, published: 840, refusal: null })),
  );
  await demandAllTrue();
});

it('lets one of two steps from the same size succeed, and leaves nothing of the other', async () => {
  await scene.append(100);
  const grown = await Promise.all(Array.from({ length: 5 }, () => growTree(scene.pool)));
  expect(grown.reduce((sum, { leafCount }) => sum + leafCount, 0)).toBe(100);
  const { rows } = await scene.owner.query('SELECT length(hashes) / 32 AS width FROM transparency.tile');
  expect(rows).toEqual([{ width: 100 }]);
});

it('resumes where it was cut off, whatever was cut off', async () => {
  const log = await scene.log();
  let cutCount = 0;
  while (cutCount < 20) {
    await scene.append(50);
    // Only in the midst of a step: an idle connection is no loss.
    const { rowCount } = await scene.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND query LIKE '%transparency%'`,
    );
    cutCount += rowCount ?? 0;
  }
  await scene.published(log);
  await demandAllTrue();
});

it('tells a tree that is not published from one that is', async () => {
  const log = await scene.log();
  await scene.append(3);
  await scene.published(log);
  await log.stop();
  await scene.append(4);
  await growTree(scene.pool);
  await scene.append(2);
  const { rows } = await scene.owner.query(
    `SELECT (SELECT position FROM ledger.head)::int AS appended, (SELECT size FROM transparency.tree)::int AS integrated,
       (SELECT max(size) FROM transparency.checkpoint)::int AS published`,
  );
  expect(rows).toEqual([{ appended: 9, integrated: 7, published: 3 }]);
});

describe('signs no second history', () => {
  /** As a superuser does it who knows the house. */
  async function unguarded(...statements: readonly string[]): Promise<void> {
    const client = await scene.owner.connect();
    await client.query('SET session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    await client.query('RESET session_replication_role');
    client.release();
  }

  const backToTen = [
    'DELETE FROM ledger.event WHERE position > 10',
    'UPDATE ledger.head SET position = 10',
    'DELETE FROM transparency.checkpoint WHERE size > 10',
    'DELETE FROM transparency.tile',
    'UPDATE transparency.tree SET size = 0',
  ];

  async function signed(count: number): Promise<void> {
    const log = await scene.log();
    await scene.append(10);
    await scene.published(log);
    if (count > 10) await scene.append(count - 10);
    await scene.published(log);
    await log.stop();
  }

  it('when the database is restored from an older backup', async () => {
    await signed(20);
    await unguarded(...backToTen);
    const log = await scene.log();
    await until('it refuses', () => log.health().refusal);
    expect(log.health()).toMatchObject({ published: 0, refusal: { code: 'history_lost' } });
    expect(log.health().refusal?.reason).toBe(
      'A tree of 20 events was signed, and the ledger has 10: was the database restored from an older backup?',
    );
    expect(scene.alarms).toEqual([log.health().refusal?.reason]);
  });

  it('nor when other events have taken the place of the lost ones', async () => {
    await signed(20);
    await unguarded(...backToTen);
    await scene.append(30);
    const log = await scene.log();
    await until('it refuses', () => log.health().refusal);
    expect(log.health().refusal).toMatchObject({ code: 'history_altered' });
    expect((await checkpoints()).map(({ size }) => size)).toEqual([10]);
  });

  it('when the tree alone was lost, grows it anew, and goes on if it is the same', async () => {
    await signed(20);
    await unguarded(...backToTen.slice(2));
    await scene.append(1);
    const log = await scene.log();
    await scene.published(log);
    expect(log.health()).toMatchObject({ published: 21, refusal: null });
    await demandAllTrue();
  });

  it.each([
    [
      'was altered',
      'UPDATE ledger.event SET leaf_hash = sha256(leaf_hash) WHERE position = 20',
      'history_altered',
    ],
    ['is gone', 'DELETE FROM ledger.event WHERE position = 20', 'history_altered'],
  ])('when the last event in the tree %s', async (_, alteration, code) => {
    await signed(20);
    await scene.append(5);
    await unguarded(alteration);
    const log = await scene.log();
    await until('it refuses', () => log.health().refusal);
    expect(log.health()).toMatchObject({ integrated: 0, refusal: { code } });
  });

  it('when the tree was altered where it is read to go on', async () => {
    await signed(20);
    await unguarded("UPDATE transparency.tile SET hashes = overlay(hashes PLACING sha256('x') FROM 33)");
    await scene.append(5);
    const log = await scene.log();
    await until('it refuses', () => log.health().refusal);
    expect(log.health().refusal).toMatchObject({ code: 'history_altered' });
  });

  it('when the record of what was signed cannot be read', async () => {
    await signed(20);
    await rm(recordFileOf(scene.keys));
    const log = await scene.log();
    await scene.append(1);
    await scene.published(log);
    await log.stop();
    await writeFile(recordFileOf(scene.keys), 'torn');
    await scene.append(1);
    const next = await scene.log();
    await until('it refuses', () => next.health().refusal);
    expect(next.health().refusal).toMatchObject({ code: 'record_unreadable' });
  });

  it('and goes on by itself when what it refused has been put right', async () => {
    await signed(20);
    await scene.append(5);
    await unguarded('CREATE TABLE kept AS SELECT * FROM ledger.event WHERE position = 20');
    await unguarded('DELETE FROM ledger.event WHERE position = 20');
    const log = await scene.log();
    await until('it refuses', () => log.health().refusal);
    await unguarded('INSERT INTO ledger.event SELECT * FROM kept');
    await until('it goes on', () => log.health().published === 25, { withinMs: 20_000 });
    expect(log.health().refusal).toBeNull();
  });
});

it('has no right to take back what it published, nor to alter the ledger', async () => {
  const log = await scene.log();
  await scene.append(3);
  await scene.published(log);
  for (const statement of [
    'UPDATE transparency.checkpoint SET root = sha256(root)',
    'DELETE FROM transparency.checkpoint',
    'TRUNCATE transparency.cosignature',
    'DELETE FROM transparency.signing_key',
    'DELETE FROM transparency.tile',
    'UPDATE ledger.event SET actor = actor',
  ]) {
    await expect(scene.pool.query(statement)).rejects.toThrow(/permission denied/);
  }
  await expect(scene.owner.query('DELETE FROM transparency.checkpoint')).rejects.toThrow(/append-only/);
});
