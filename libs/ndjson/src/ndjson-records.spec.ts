import { z } from 'zod';
import { recordsOf } from './ndjson-records.ts';

const schema = z.object({
  id: z.string(),
  claims: z.array(z.object({ type: z.enum(['status']) })).default([]),
});

async function records(text: string | Buffer, lineBytesMax = 1_024 * 1_024) {
  async function* stream() {
    yield Buffer.from(text as string);
  }
  return Array.fromAsync(recordsOf(stream(), schema, lineBytesMax));
}

const good = { line: 1, value: { id: 'a', claims: [] } };

it('reads one record a line, whatever the line ends with', async () => {
  expect(await records('{"id":"a"}\r\n\r\n{"id":"b"}')).toEqual([
    good,
    { line: 3, value: { id: 'b', claims: [] } },
  ]);
});

it('passes over a byte order mark', async () => {
  expect(await records('\ufeff{"id":"a"}\n')).toEqual([good]);
});

it('gives a bad line its faults, names the field, and goes on', async () => {
  const bytes = Buffer.concat([
    Buffer.from('{"id":1,"claims":[{"type":"status"},{"type":"rumour"}]}\n{"id":\n"'),
    Buffer.from([0xff]),
    Buffer.from('"\n{"id":"a"}\n'),
  ]);
  expect(await records(bytes)).toMatchObject([
    { line: 1, faults: [{ field: 'id' }, { field: 'claims[1].type' }] },
    { line: 2, faults: [{ field: '', message: expect.stringContaining('is not valid JSON') as string }] },
    { line: 3, faults: [{ field: '', message: 'is not valid UTF-8' }] },
    { ...good, line: 4 },
  ]);
});

it('says how long a line may be, and goes on behind one that is longer', async () => {
  const long = JSON.stringify({ id: 'x'.repeat(1_024 * 1_024) });
  expect(await records(`${long}\n{"id":"a"}`)).toEqual([
    { line: 1, faults: [{ field: '', message: 'is longer than 1 MiB' }] },
    { ...good, line: 2 },
  ]);
});
