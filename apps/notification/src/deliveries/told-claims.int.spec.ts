import { randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { type Claim } from '#events';
import { deriveId, openLedger, type PostgresLedger } from '#ledger';
import { openPool } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../../test/harness/database.ts';
import { notificationRole } from '../notification.migrations.ts';
import { type NotifiedEvent } from './notification.body.ts';
import { withNewClaimsAlone } from './told-claims.ts';

let database: FreshDatabase;
let ownerPool: Pool;
let pool: Pool;
let ledger: PostgresLedger;

beforeAll(async () => {
  database = await freshDatabase();
  const parts = { databaseUrl: database.url, applicationName: 'notification test', connectionsMax: 2 };
  pool = openPool({ ...parts, role: notificationRole });
  ownerPool = openPool({ ...parts, role: 'corridor_watch_ledger_writer' });
  ledger = openLedger({ pool: ownerPool });
});

afterAll(async () => {
  await ledger.close();
  await ownerPool.end();
  await pool.end();
  await database.drop();
});

const claim = (id: string, said: Partial<Claim> = {}): Claim => ({
  claimId: deriveId('claim', id),
  type: 'status',
  status: 'blocked',
  presupposed: false,
  speaker: 'Northmark',
  speakerName: null,
  modality: 'asserted',
  validFrom: null,
  start: 0,
  end: 17,
  quote: 'The road is shut.',
  confidence: 0.9,
  coder: 'rules/1',
  coderData: null,
  rule: 'r',
  flows: [],
  effect: null,
  actor: null,
  why: null,
  ...said,
});

async function code(
  statement: string,
  corridor: string,
  ...claims: readonly Claim[]
): Promise<NotifiedEvent> {
  const statementId = deriveId('statement', statement);
  const [event] = await ledger.append({
    streamId: `statement-${statementId}`,
    expectedVersion: 'any',
    events: [
      {
        type: 'StatementCoded',
        eventId: randomUUID(),
        payload: {
          statementId,
          corridor,
          publisher: 'Example News',
          grade: null,
          url: null,
          publishedAt: '2023-01-20T16:00:00Z',
          title: null,
          cluster: statementId,
          coder: 'rules/1',
          coderData: null,
          claims: [...claims],
        },
      },
    ],
    cause: { actor: 'test', correlationId: 'test', causationId: null, traceparent: null },
  });
  return event as NotifiedEvent;
}

function speakers(events: readonly NotifiedEvent[]): readonly (readonly string[])[] {
  return events.map((event) =>
    event.type === 'StatementCoded' ? event.payload.claims.map(({ speaker }) => speaker) : [],
  );
}

it('tells of the claims of a newer coding that no earlier one had, whatever their ids', async () => {
  const first = await code('a', 'heron-pass', claim('1'), claim('2', { speaker: 'Southmark' }));
  const second = await code(
    'a',
    'heron-pass',
    claim('1 under another id', { confidence: 0.4, coder: 'rules/2' }),
    claim('3', { speaker: 'ICRC' }),
  );
  const third = await code(
    'a',
    'heron-pass',
    claim('2', { speaker: 'Southmark' }),
    claim('3', { status: 'open' }),
  );
  const elsewhere = await code('a', 'crane-pass', claim('1'));
  const other = await code('b', 'heron-pass', claim('1'));
  const told = await withNewClaimsAlone(pool, [first, second, third, elsewhere, other]);
  expect(speakers(told)).toEqual([
    ['Northmark', 'Southmark'],
    ['ICRC'],
    ['Northmark'],
    ['Northmark'],
    ['Northmark'],
  ]);
});
