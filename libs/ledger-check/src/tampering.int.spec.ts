import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type PoolClient } from 'pg';
import {
  formatVkey,
  openCheckpoint,
  parseSkey,
  signatureTypes,
  type SignerKey,
  signerKey,
  type TrustFile,
} from '#proofs';
import { logScene, type LogScene } from '../../transparency/test/log-scene.ts';
import { Forger, type Pains, pains } from '../test/forger.ts';
import { type Positions, type Tampering, logTamperings, tamperings } from '../test/tamperings.ts';
import { type SavedCheckpoint } from './checkpoint.check.ts';
import { checkLedger, type LedgerReport } from './ledger-check.ts';

let scene: LogScene;
let key: SignerKey;
let trust: TrustFile;
let saved: SavedCheckpoint;
let last: number;
/** Positions whose payloads were redacted. */
let erased: number[];

beforeAll(async () => {
  scene = await logScene();
  const log = await scene.log();
  for (let round = 0; round < 8; round += 1) {
    await scene.append(20 + round);
    await appendWithdrawals(5 + round);
    if (round === 4) await eraseWithdrawals(3);
    await scene.published(log);
  }
  last = log.health().published;
  key = parseSkey((await readFile(scene.keys.file, 'utf8')).trim());
  trust = { logKeys: [{ key: key.verifierKey, fromSize: 0, untilSize: null }], witnesses: [] };
  saved = await latestCheckpoint();
  await log.stop();
});

afterAll(() => scene.close());

/** Whose payloads lie beside them, in streams of their own. */
async function appendWithdrawals(count: number): Promise<void> {
  const cause = {
    actor: 'key-1',
    correlationId: 'correlation-2',
    causationId: 'a request',
    traceparent: null,
  };
  for (let n = 0; n < count; n += 1) {
    const assessmentId = randomUUID();
    await scene.ledger.append({
      streamId: `assessment-${assessmentId}`,
      expectedVersion: 0,
      cause,
      events: [
        {
          type: 'AssessmentWithdrawn',
          payload: {
            assessmentId,
            corridor: 'heron-pass',
            reason: `Number ${n} was wrong.`,
            assessor: 'desk',
          },
          eventId: randomUUID(),
        },
      ],
    });
  }
}

/** As a redaction does it, oldest first. */
async function eraseWithdrawals(count: number): Promise<void> {
  const { rows } = await scene.owner.query<{ position: string }>(
    'SELECT position FROM ledger.erasable_payload ORDER BY position LIMIT $1',
    [count],
  );
  erased = rows.map(({ position }) => Number(position));
  const stub = '{"reason":"[redacted]"}';
  const stubSha256 = createHash('sha256').update(stub).digest('hex');
  const replaced = erased.map((position) => ({ position, schemaVersion: 1, stubSha256 }));
  const [event] = await scene.ledger.append({
    streamId: 'statement-redacted',
    expectedVersion: 0,
    cause: { actor: 'key-1', correlationId: 'correlation-3', causationId: null, traceparent: null },
    events: [
      { type: 'PayloadsErased', payload: { statementId: randomUUID(), replaced }, eventId: randomUUID() },
    ],
  });
  await scene.owner.query('SELECT ledger.erase($1, $2)', [event?.position, erased.map(() => stub)]);
}

async function latestCheckpoint(): Promise<SavedCheckpoint> {
  const { rows } = await scene.owner.query<{ note: string }>(
    'SELECT note FROM transparency.checkpoint ORDER BY size DESC LIMIT 1',
  );
  const note = rows[0]?.note ?? '';
  return { note, checkpoint: openCheckpoint(note, { log: [key.verifierKey], witnesses: [] }).checkpoint };
}

/** What was done is undone afterwards. */
async function inForgery<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await scene.owner.connect();
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

async function after(
  { apply }: Tampering,
  effort: Pains,
  at: Positions,
): Promise<{ report: LedgerReport; first: number }> {
  return inForgery(async (client) => {
    const forger = new Forger(client, key.verifierKey.name, key);
    const first = await apply(forger, at);
    await forger.cover(effort);
    return { first, report: await checkLedger({ client, trust, saved }) };
  });
}

/** The same ones in each run, so that what fails can be looked at. */
function* positions(seed: number): Generator<Positions> {
  let state = seed;
  const next = (max: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % max;
  };
  for (;;) {
    const one = 1 + next(last - 1);
    yield { one, other: one + 1 + next(last - one), last };
  }
}

it('finds nothing wrong in a ledger that nobody touched', async () => {
  const report = await inForgery((client) => checkLedger({ client, trust: null, saved }));
  expect(report).toMatchObject({ faults: [], fork: null, eventCount: last, signedSize: last });
  expect(report.checkpointCount).toBeGreaterThanOrEqual(8);
});

describe('a thousand tamperings, each found', () => {
  const each = tamperings.flatMap((tampering) => pains.map((effort) => ({ tampering, effort })));

  it.each(each.map(({ tampering, effort }) => [tampering.name, effort, tampering] as const))(
    '%s, with %s made to fit again',
    async (name, effort, tampering) => {
      const places = positions(name.length * 7 + effort.length);
      for (let round = 0; round < Math.ceil(1_000 / each.length); round += 1) {
        const at = places.next().value as Positions;
        const { report, first } = await after(tampering, effort, at);
        const [fault] = report.faults;
        const told = { at, first, fault };
        expect({ ...told, found: fault !== undefined && fault.from <= first && first <= fault.to }).toEqual({
          ...told,
          found: true,
        });
        // Short of the tree itself the very position is known.
        if (pains.indexOf(effort) < pains.indexOf('tiles'))
          expect({ ...told, from: fault?.from }).toEqual({ ...told, from: first });
      }
    },
  );

  it.each(logTamperings.map((tampering) => [tampering.name, tampering] as const))(
    '%s',
    async (_, tampering) => {
      const places = positions(5);
      for (let round = 0; round < 20; round += 1) {
        const { report, first } = await after(tampering, 'nothing', places.next().value as Positions);
        expect(report.faults[0]).toMatchObject({ code: 'tree_altered', from: first });
      }
    },
  );
});

describe('what was redacted', () => {
  it.each([
    [
      'a stub that was edited',
      `UPDATE ledger.redacted_payload SET payload = '{"reason":"All was well."}'`,
      'stub_altered',
    ],
    ['a stub that is gone', 'DELETE FROM ledger.redacted_payload', 'stub_altered'],
    [
      'a payload that is back',
      `INSERT INTO ledger.erasable_payload SELECT position, '{}', '\\x00' FROM ledger.redacted_payload`,
      'payload_altered',
    ],
    [
      'a stub without a redaction',
      `UPDATE ledger.redacted_payload SET position = position + 1000`,
      'stub_altered',
    ],
  ] as const)('%s is found', async (_, sql, code) => {
    const report = await inForgery(async (client) => {
      await client.query(sql);
      return checkLedger({ client, trust, saved });
    });
    expect(report.faults[0]).toMatchObject({ code, from: erased[0], to: erased[0] });
  });

  it('a payload that vanished without a redaction is found', async () => {
    const report = await inForgery(async (client) => {
      await client.query('DELETE FROM ledger.erasable_payload WHERE position = $1', [erased[2]! + 1]);
      return checkLedger({ client, trust, saved });
    });
    expect(report.faults).toMatchObject([{ code: 'payload_vanished', from: erased[2]! + 1 }]);
  });
});

it('finds both signed heads of a history that was written anew with the stolen key', async () => {
  const edit = tamperings.find(({ name }) => name === 'edit actor');
  const { report } = await after(edit!, 'signatures', { one: 7, other: 8, last });
  expect(report.faults).toMatchObject([{ code: 'history_rewritten', from: 1, to: last }]);
  const heads = [report.fork?.saved, report.fork?.found].map(
    (note) => openCheckpoint(note ?? '', { log: [key.verifierKey], witnesses: [] }).checkpoint,
  );
  expect(heads.map(({ size }) => size)).toEqual([last, last]);
  expect(heads[0]?.root).not.toEqual(heads[1]?.root);
});

it('does not believe a key that somebody put into the database', async () => {
  const own = signerKey(key.verifierKey.name, signatureTypes.note, Buffer.alloc(32, 9));
  const report = await inForgery(async (client) => {
    await client.query(
      'INSERT INTO transparency.signing_key (vkey, from_size, until_size) VALUES ($1, 0, 1)',
      [formatVkey(own.verifierKey)],
    );
    const forger = new Forger(client, own.verifierKey.name, own);
    await forger.run(`UPDATE ledger.event SET actor = 'somebody-else' WHERE position = 7`);
    await forger.cover('signatures');
    return checkLedger({ client, trust, saved: null });
  });
  expect(report.faults[0]?.code).toBe('checkpoint_forged');
  expect(report.signedSize).toBe(0);
});

it('raises no false alarm in a thousand checks of a ledger that grows', async () => {
  for (let round = 0; round < 1_000; round += 1) {
    if (round % 20 === 0) await scene.append(3);
    const report = await inForgery((client) => checkLedger({ client, trust: null, saved }));
    expect(report.faults).toEqual([]);
  }
}, 300_000);
