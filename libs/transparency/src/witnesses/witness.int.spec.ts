import { openCheckpoint, parseVkey } from '#proofs';
import { until } from '../../../../test/harness/until.ts';
import { answer, silence } from '../../../../test/harness/web-server.ts';
import { logScene, type LogScene } from '../../test/log-scene.ts';
import { scriptedWitness, type ScriptedWitness } from '../../test/scripted-witness.ts';
import { latestCheckpoint } from '../checkpoints/checkpoint.store.ts';
import { currentVkey } from '../keys/signing-key.store.ts';
import { type TransparencyLog } from '../log.run.ts';
import { readWitnesses } from './witness.store.ts';
import { WitnessRun } from './witness.run.ts';

let scene: LogScene;
let log: TransparencyLog;
let scripted: ScriptedWitness;
let run: WitnessRun | null;
const alarms: string[] = [];

beforeEach(async () => {
  scene = await logScene();
  log = await scene.log({ onPublished: () => run?.published() });
  const vkey = (await currentVkey(scene.pool)) ?? '';
  scripted = await scriptedWitness(() => vkey);
  alarms.length = 0;
});

afterEach(async () => {
  await run?.stop();
  run = null;
  await scripted.close();
  await scene.close();
});

function watch(): void {
  const ignore = () => undefined;
  run = new WitnessRun({
    pool: scene.pool,
    witness: scripted.witness,
    log: {
      info: ignore,
      warn: ignore,
      fatal: ({ reason }: { reason?: string }) => void alarms.push(reason ?? ''),
    },
    paceMs: 10,
    backoffMs: 20,
  });
}

async function publish(count: number): Promise<number> {
  await scene.append(count);
  return scene.published(log);
}

async function standing() {
  return (await readWitnesses(scene.pool, [scripted.witness.vkey]))[0]!;
}

async function cosigned(size: number): Promise<void> {
  await until(`size ${size} is cosigned`, async () => (await standing()).size === size);
  const { note } = (await latestCheckpoint(scene.pool, 1))!;
  const log = [parseVkey((await currentVkey(scene.pool))!)];
  const opened = openCheckpoint(note, { log, witnesses: [scripted.witness.key] });
  expect(opened.checkpoint.size).toBe(size);
  expect(opened.cosignatures).toHaveLength(1);
}

it('has each checkpoint cosigned, with a proof from the one before, and serves it with the cosignature', async () => {
  watch();
  for (const [count, size] of [
    [3, 3],
    [300, 303],
    [1, 304],
  ] as const) {
    await publish(count);
    await cosigned(size);
  }
  expect(scripted.asked).toEqual([0, 3, 303]);
  expect(await standing()).toMatchObject({ lastError: null });
});

it('goes on from where the witness is, when it knows less or more than we thought', async () => {
  await publish(5);
  scripted.size = 0;
  await scene.owner.query('INSERT INTO transparency.witness (vkey, size) VALUES ($1, 4)', [
    scripted.witness.vkey,
  ]);
  watch();
  await cosigned(5);
  expect(scripted.asked).toEqual([4, 0]);
});

it.each([
  ['answers with an error', answer(500)],
  ['is too busy', answer(429, '', { 'retry-after': '0' })],
  ['does not know the log yet', answer(404)],
  ['does not know the key yet', answer(403)],
  ['answers nonsense', answer(200, '— nobody AAAA\n')],
  ['answers without end', answer(200, 'x'.repeat(100_000))],
  ['redirects', answer(302, '', { location: 'https://elsewhere.example/' })],
])('tries again when the witness %s, and says why meanwhile', async (_, page) => {
  scripted.script.push(page, page);
  await publish(2);
  watch();
  await until('the failure is told', async () => (await standing()).lastError);
  await cosigned(2);
  expect(scripted.asked).toEqual([0, 0, 0]);
  expect(await standing()).toMatchObject({ lastError: null });
  expect(alarms).toEqual([]);
});

it('holds nothing up while a witness is away or never answers', async () => {
  scripted.script.push(silence);
  watch();
  await publish(1);
  await until('it was asked', () => scripted.asked.length === 1);
  expect(await publish(10)).toBe(11);
  await scripted.close();
  expect(await publish(10)).toBe(21);
  expect(log.health()).toMatchObject({ lastError: null, refusal: null });
});

it('raises one alarm, and asks ever more seldom, when the witness has seen another history', async () => {
  await publish(4);
  scripted.size = 2;
  scripted.root = Buffer.alloc(32, 9);
  watch();
  await until('the alarm is raised', () => alarms.length > 0);
  await until('it asked again', () => scripted.asked.length >= 5);
  expect(alarms).toEqual(['it says that size 4 does not follow from size 2, which it cosigned']);
  expect(await standing()).toMatchObject({ size: 2, lastError: alarms[0] });
});

it('raises an alarm when the witness has cosigned more than was ever published', async () => {
  await publish(4);
  scripted.size = 9;
  watch();
  await until('the alarm is raised', () => alarms.length > 0);
  expect(alarms[0]).toBe('it cosigned size 9, and the log has published no more than 4');
});

it('stops at once, also while it waits for an answer', async () => {
  scripted.script.push(silence);
  await publish(1);
  watch();
  await until('it was asked', () => scripted.asked.length === 1);
  const startedAt = performance.now();
  await run?.stop();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
