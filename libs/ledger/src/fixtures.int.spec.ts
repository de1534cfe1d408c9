import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf, eventContracts } from '#events';
import { canonicalize } from '#proofs';
import { ledgerScene, type LedgerScene } from '../test/ledger-scene.ts';
import { cause, graded } from '../test/sample-events.ts';

interface Fixture {
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: unknown;
}

const folder = join(import.meta.dirname, '../fixtures');
const fixtures = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture,
);

let scene: LedgerScene;
beforeAll(async () => {
  scene = await ledgerScene();
});
afterAll(() => scene.close());

it('there is a fixture for every version of every event ever shipped', () => {
  const shipped = Object.values(eventContracts).flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, index) => `${type} ${index + 1}`),
  );
  expect(fixtures.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`).toSorted()).toEqual(
    shipped.toSorted(),
  );
});

it.each(fixtures)('$type of version $schemaVersion is read as its contract says today', async (fixture) => {
  const position = await store(fixture);
  const [event] = await scene.ledger.read({ after: position - 1, limit: 1 });
  const contract = contractOf(fixture.type);
  expect(event?.type).toBe(fixture.type);
  expect(contract.schema.parse(event?.payload)).toEqual(event?.payload);
  if (fixture.schemaVersion === contract.version) expect(event?.payload).toEqual(fixture.payload);
});

it('refuses to read a version that is newer than this code', async () => {
  const position = await store({ ...fixtures[0]!, schemaVersion: 999 });
  await expect(scene.ledger.read({ after: position - 1, limit: 1 })).rejects.toMatchObject({
    code: 'newer_event_version',
  });
});

/** As an older release wrote it: only the ledger's own way in checks against the current contract. */
async function store({ type, schemaVersion, payload }: Fixture): Promise<number> {
  const [event] = await scene.ledger.append({
    streamId: 'f',
    expectedVersion: 'any',
    events: [graded()],
    cause,
  });
  const text = canonicalize(payload);
  await scene.owner.query('ALTER TABLE ledger.event DISABLE TRIGGER append_only');
  await scene.owner.query(
    'UPDATE ledger.event SET type = $2, schema_version = $3, payload = $4, payload_hash = $5 WHERE position = $1',
    [event?.position, type, schemaVersion, text, createHash('sha256').update(text).digest()],
  );
  return event?.position ?? 0;
}
