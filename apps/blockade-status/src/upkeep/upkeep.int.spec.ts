import { firstRules } from '#status';
import { adopted, amended, coded, registered, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';
import { type StatusRules } from '../corridor-status/status-rules.ts';
import { recordLapses } from './lapse.recorder.ts';
import { adoptRules } from './rules.adoption.ts';

/** What an observer says becomes next to nothing. */
const nothing = { A: 2, B: 2, C: 2, D: 2, E: 2, F: 2 };
const newer = { ...firstRules, version: 'status-rules/test', reliabilityWeight: nothing };
const rules: StatusRules = {
  first: firstRules,
  current: newer,
  areNewerThan: (version) => version === firstRules.version,
  of: (version) => (version === newer.version ? newer : firstRules),
};
const dayMs = 86_400_000;
const minuteMs = 60_000;

let scene: StatusScene;
let corridor: string;
let made = 0;

beforeAll(async () => {
  scene = await statusScene({ rules });
});

beforeEach(async () => {
  corridor = `heron-pass-${++made}`;
  await scene.record(registered(corridor));
});

afterAll(() => scene.close());

function dayAfter(days: number): Date {
  return new Date(Date.now() + days * dayMs);
}

const today = new Date().toISOString().slice(0, 10);
const shut = () => coded({ name: `${corridor} shut`, corridor, on: today, status: 'blocked' });

async function lapses(now: Date): Promise<readonly string[]> {
  const recorded = await recordLapses(scene, minuteMs, now);
  return recorded.filter((lapse) => lapse.corridor === corridor).map(({ becomes }) => becomes);
}

async function status(query = ''): Promise<Record<string, unknown>> {
  const { body } = await scene.get(`/v1/corridors/${corridor}/status${query}`);
  return body;
}

async function recordedTypes(): Promise<readonly string[]> {
  const events = await scene.ledger.readStream(`corridor-status-${corridor}`);
  return events.map(({ type }) => type);
}

describe('time', () => {
  it('makes a status stale on the day after the limit, and not before', async () => {
    await scene.record(shut());
    const before = await scene.settled();
    expect(await lapses(dayAfter(14))).toEqual([]);
    expect(await lapses(dayAfter(15))).toEqual(['stale']);
    await scene.settled();
    expect(await status()).toMatchObject({ status: 'blocked', stale: false });
    const { rows } = await scene.pool.query(
      'SELECT status, stale FROM blockade_status.corridor WHERE corridor = $1',
      [corridor],
    );
    expect(rows).toEqual([{ status: 'blocked', stale: true }]);
    expect(await status(`?knownAt=${before}`)).toMatchObject({ stale: false });
    expect(await lapses(dayAfter(15))).toEqual([]);
    expect(await recordedTypes()).toEqual(['CorridorStatusChanged', 'FreshnessLapsed']);
  });

  it('catches up over several lapses in one go, and however many processes look', async () => {
    await scene.record(coded({ name: `${corridor} shut`, corridor, on: '2023-02-01', status: 'blocked' }));
    await scene.settled();
    const looks = await Promise.all([lapses(dayAfter(1)), lapses(dayAfter(1)), lapses(dayAfter(1))]);
    expect(looks).toContainEqual(['stale', 'unknown']);
    await scene.settled();
    expect(await recordedTypes()).toEqual([
      'CorridorStatusChanged',
      'FreshnessLapsed',
      'FreshnessLapsed',
      'CorridorStatusChanged',
    ]);
    expect(await status()).toMatchObject({ status: 'unknown', since: '2023-03-02', stale: true });
    expect(await status('?validAt=2023-03-01')).toMatchObject({ status: 'blocked', stale: true });
    expect(await status('?validAt=2023-02-15')).toMatchObject({ status: 'blocked', stale: false });
  });

  it('waits while news comes in, and until what has come is applied', async () => {
    await scene.record(coded({ name: `${corridor} shut`, corridor, on: '2023-02-01', status: 'blocked' }));
    await scene.settled();
    expect(await lapses(new Date())).toEqual([]);
    await scene.pool.query('UPDATE blockade_status.checkpoint SET position = 0, epoch = epoch + 1');
    expect(await lapses(dayAfter(1))).toEqual([]);
    const { position } = await scene.ledger.head();
    await scene.pool.query('UPDATE blockade_status.checkpoint SET position = $1', [position]);
    expect(await lapses(dayAfter(1))).toEqual(['stale', 'unknown']);
  });

  it('goes by the day at the corridor', async () => {
    await scene.record(amended(corridor, { timezone: 'Pacific/Kiritimati' }));
    await scene.record(coded({ name: `${corridor} shut`, corridor, on: '2030-02-01', status: 'blocked' }));
    await scene.settled();
    expect(await lapses(new Date('2030-02-15T09:59:00Z'))).toEqual([]);
    expect(await lapses(new Date('2030-02-15T10:00:00Z'))).toEqual(['stale']);
  });

  it('says nothing of a corridor of which nothing is known', async () => {
    await scene.settled();
    expect(await lapses(dayAfter(1_000))).toEqual([]);
  });
});

describe('newer rules', () => {
  it('are adopted once, change what is known from there on, and leave alone what was known before', async () => {
    await scene.record(coded({ name: `${corridor} shut`, corridor, on: '2023-02-01', status: 'blocked' }));
    await scene.record(
      told(
        { name: `${corridor} no`, corridor, on: '2023-02-01' },
        { status: 'open', speaker: 'Valley Herald' },
        { publisher: 'Valley Herald', grade: null },
      ),
    );
    const before = await scene.settled();
    await scene.published();
    const question = `?validAt=2023-02-02&knownAt=${before}`;
    const answer = await status(question);
    expect(await adoptRules(scene, rules)).toContain(corridor);
    expect(await adoptRules(scene, rules)).toBeDefined();
    await scene.settled();
    expect(await adoptRules(scene, rules)).not.toContain(corridor);
    expect((await recordedTypes()).filter((type) => type === 'StatusRulesAdopted')).toHaveLength(1);
    expect(await status('?validAt=2023-02-02')).toMatchObject({ rule: 'status-rules/test', status: 'open' });
    expect(await status(question)).toEqual(answer);
    expect(answer).toMatchObject({ rule: 'status-rules/2', status: 'blocked' });
  });

  it('of a newer release are left alone by an older one', async () => {
    await scene.record(adopted(corridor, newer.version));
    await scene.settled();
    const older: StatusRules = { ...rules, current: firstRules, areNewerThan: () => false };
    expect(await adoptRules(scene, older)).not.toContain(corridor);
  });
});
