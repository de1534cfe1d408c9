import { readSubmission } from './submission.ts';

const hash = Buffer.alloc(32, 0xff).toString('base64');

function refusalOf(body: string | Uint8Array): string {
  try {
    readSubmission(Buffer.from(body));
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

it('reads the old size, the proof and the note', () => {
  expect(readSubmission(Buffer.from(`old 12\n${hash}\n${hash}\n\norigin\n`))).toEqual({
    oldSize: 12,
    proof: [Buffer.alloc(32, 0xff), Buffer.alloc(32, 0xff)],
    note: 'origin\n',
  });
});

it.each([
  ['', 'An empty line must part the proof from the checkpoint.'],
  ['old 1\norigin\n1\n', 'An empty line must part the proof from the checkpoint.'],
  ['\n\n', 'Line 1 must be "old"'],
  ['old\n\n', 'Line 1 must be "old"'],
  ['old 01\n\n', 'Line 1 must be "old"'],
  ['old -1\n\n', 'Line 1 must be "old"'],
  ['old 1e3\n\n', 'Line 1 must be "old"'],
  ['old 9007199254740993\n\n', 'Line 1 must be "old"'],
  ['old 99999999999999999999\n\n', 'Line 1 must be "old"'],
  ['old 1 \n\n', 'Line 1 must be "old"'],
  [`old 1\n${hash}\nabc\n\n`, 'Line 3 must be a hash of 32 bytes in base64.'],
  [`old 1\n${hash.slice(0, -2)}9=\n\n`, 'Line 2 must be a hash of 32 bytes in base64.'],
  [`old 1\n${hash}\r\n\n`, 'Line 2 must be a hash of 32 bytes in base64.'],
  [`old 1\n${`${hash}\n`.repeat(64)}\n`, 'A proof has 63 lines at most, not 64.'],
])('names what is wrong with %j', (body, reason) => {
  expect(refusalOf(body)).toContain(reason);
});

it('refuses what is no UTF-8', () => {
  expect(refusalOf(Buffer.of(0x6f, 0xff, 0x0a, 0x0a))).toBe('The body must be UTF-8.');
});
