import { until } from '../../../../test/harness/until.ts';
import { logScene, type LogScene } from '../../test/log-scene.ts';
import { readAuditReads } from './audit-read.reader.ts';
import { type AuditRead, AuditReads } from './audit-reads.ts';

let scene: LogScene;
let reads: AuditReads;
let lost: number;
let errors: string[];

beforeEach(async () => {
  scene = await logScene();
  lost = 0;
  errors = [];
  reads = new AuditReads({
    pool: scene.pool,
    keptDays: 30,
    log: { error: (_, message) => void errors.push(message) },
    onLost: (count) => {
      lost += count;
    },
  });
});

afterEach(async () => {
  await reads.stop();
  await scene.close();
});

const read = (status = 200, at = new Date()): AuditRead => ({
  at,
  reader: 'key-1',
  route: '/v1/audit/proof/:position',
  parameters: { position: '7', odd: '\u0000 \ud800' },
  status,
  traceId: null,
});
const written = () => readAuditReads(scene.owner, null, 1_000);
const away = () => scene.owner.query('ALTER TABLE transparency.audit_read RENAME TO gone');
const back = () => scene.owner.query('ALTER TABLE transparency.gone RENAME TO audit_read');

it('writes reads behind the answers, whatever stands in their parameters', async () => {
  for (let each = 0; each < 2_500; each += 1) reads.add(read());
  await until('all are written', async () => {
    const { rows } = await scene.owner.query<{ count: string }>(
      'SELECT count(*) FROM transparency.audit_read',
    );
    return Number(rows[0]?.count) === 2_500;
  });
  expect((await written())[0]).toMatchObject({ reader: 'key-1', status: 200, parameters: { position: '7' } });
});

it('keeps them while the database does not take them, and writes them in order when it does', async () => {
  await away();
  reads.add(read(200));
  reads.add(read(404));
  await until('it could not be written', () => errors.length > 0);
  await back();
  reads.add(read(409));
  await until('all are written', async () => (await written()).length === 3);
  expect((await written()).map(({ status }) => status).reverse()).toEqual([200, 404, 409]);
  expect(lost).toBe(0);
});

it('writes how many were lost when more came than may wait', async () => {
  await away();
  for (let each = 0; each < 10_003; each += 1) reads.add(read());
  expect(lost).toBe(3);
  await back();
  const loss = await until('the loss is written', async () => {
    const { rows } = await scene.owner.query("SELECT * FROM transparency.audit_read WHERE route = 'lost'");
    return rows[0] as object | undefined;
  });
  expect(loss).toMatchObject({ parameters: { count: 3 }, status: 0 });
});

it('tells that reads are lost when it ends while the database is away', async () => {
  await away();
  reads.add(read());
  await reads.stop();
  await back();
  expect(lost).toBe(1);
  expect(errors).toContain('reads of audit routes are lost but for their log lines');
});

it('writes what waits before it stops', async () => {
  reads.add(read());
  await reads.stop();
  expect(await written()).toHaveLength(1);
});

it('keeps reads for as many days as it is told, and no longer', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  reads.add(read(200, daysAgo(29)));
  reads.add(read(404, daysAgo(31)));
  await reads.stop();
  expect(await written()).toHaveLength(2);
  reads.start();
  await until('the old one is gone', async () => (await written()).length === 1);
  expect((await written())[0]?.status).toBe(200);
});
