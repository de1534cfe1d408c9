import { goldClaim, goldStatement } from './gold.fixture.ts';
import { readGold } from './gold.reader.ts';

async function read(...records: readonly unknown[]) {
  async function* stream() {
    yield Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'));
  }
  return readGold('gold.ndjson', stream());
}

it('reads what a hand-made file leaves out or empty', async () => {
  const { id, publisher, body, claims } = goldStatement([goldClaim()]);
  const [{ speakerName: _speakerName, ...claim } = goldClaim()] = claims;
  const record = { id, publisher, body, publishedAt: '2023-01-20', url: null };
  const { statements, faults } = await read({ ...record, claims: [{ ...claim, validFrom: '' }] });
  expect(faults).toEqual([]);
  expect(statements).toEqual([{ ...goldStatement([goldClaim()]), language: null }]);
});

it.each([
  ['publishedAt', { publishedAt: '20 January 2023' }],
  ['claims', { claims: undefined }],
  ['claims[0].type', { claims: [{ ...goldClaim(), type: 'rumour' }] }],
  ['claims[0].status', { claims: [goldClaim({ status: null })] }],
  ['claims[0].status', { claims: [goldClaim({ type: 'demand' })] }],
  ['claims[0].modality', { claims: [{ ...goldClaim(), modality: null }] }],
  ['claims[0].validFrom', { claims: [{ ...goldClaim(), validFrom: 'Friday' }] }],
])('names file, line and field of a bad %s', async (field, more) => {
  const { statements, faults } = await read(goldStatement([]), { ...goldStatement([], 'two'), ...more });
  expect(statements).toHaveLength(1);
  expect(faults).toMatchObject([{ file: 'gold.ndjson', line: 2, field }]);
});

it('refuses an id that is used twice', async () => {
  expect(await read(goldStatement([]), goldStatement([]))).toMatchObject({
    faults: [{ line: 2, field: 'id', message: '"one" is used twice' }],
  });
});

it('takes an instant without an offset for UTC', async () => {
  const { statements } = await read({ ...goldStatement([]), publishedAt: '2023-01-20T17:00:00' });
  expect(statements[0]?.publishedAt).toBe('2023-01-20T17:00:00.000Z');
});
