import { until } from '../../../../test/harness/until.ts';
import { ledgerScene, type LedgerScene, writerPool } from '../../test/ledger-scene.ts';
import { cause, graded } from '../../test/sample-events.ts';
import { openLedger } from '../postgres-ledger.ts';

let scene: LedgerScene;
beforeEach(async () => {
  scene = await ledgerScene();
});
afterEach(() => scene.close());

let turn = 0;
async function appendUntilHeard(hints: readonly number[]): Promise<void> {
  const before = hints.length;
  await until('a hint is heard', async () => {
    turn += 1;
    await scene.ledger.append({ streamId: `s-${turn}`, expectedVersion: 0, events: [graded()], cause });
    return hints.length > before;
  });
}

it('hears what another process appends, and no more once it ended', async () => {
  const pool = writerPool(scene.url);
  const follower = openLedger({ pool });
  const hints: number[] = [];
  const end = follower.onAppended((position) => hints.push(position));
  await appendUntilHeard(hints);
  expect(hints.at(-1)).toBeLessThanOrEqual((await follower.head()).position);
  end();
  const heard = hints.length;
  const others: number[] = [];
  const endOthers = follower.onAppended((position) => others.push(position));
  await appendUntilHeard(others);
  expect(hints).toHaveLength(heard);
  endOthers();
  await follower.close();
  await pool.end();
});

it('listens again after its connection broke', async () => {
  const hints: number[] = [];
  scene.ledger.onAppended((position) => hints.push(position));
  await appendUntilHeard(hints);
  await scene.owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  await appendUntilHeard(hints);
});

it('sends few hints for many appends, and the last one tells the head', async () => {
  const hints: number[] = [];
  scene.ledger.onAppended((position) => hints.push(position));
  await appendUntilHeard(hints);
  const before = hints.length;
  for (let index = 0; index < 100; index += 1) {
    await scene.ledger.append({ streamId: `many-${index}`, expectedVersion: 0, events: [graded()], cause });
  }
  const { position } = await scene.ledger.head();
  await until('the head is told', () => hints.at(-1) === position);
  expect(hints.length - before).toBeLessThan(60);
});
