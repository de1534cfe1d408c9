import { cosign, formatSignature, parseNote, signatureTypes, signCheckpoint, signerKey } from '#proofs';
import { verdictOf, type WitnessAnswer } from './witness.decider.ts';

const logKey = signerKey('log.example', signatureTypes.note, Buffer.alloc(32, 1));
const [witness, other] = [2, 3].map((seed) =>
  signerKey('witness.example', signatureTypes.cosignature, Buffer.alloc(32, seed)),
);
const noteOf = (root: number) =>
  signCheckpoint({ origin: 'log.example', size: 20, root: Buffer.alloc(32, root), extensions: [] }, logKey);
const note = noteOf(1);

function cosignature(of = note, key = witness!): string {
  return formatSignature(cosign(parseNote(of).text, 1_700_000_000, key));
}

function verdict(status: number, body = '', { oldSize = 12, retryAfterMs = null as number | null } = {}) {
  const answer: WitnessAnswer = { kind: 'answered', status, body, retryAfterMs };
  return verdictOf(answer, { note, size: 20, oldSize }, witness!.verifierKey);
}

it('takes the line of its key, and lets those of others by', () => {
  const own = cosignature();
  expect(verdict(200, own)).toEqual({ kind: 'cosigned', line: own });
  expect(verdict(200, cosignature(note, other) + own)).toEqual({ kind: 'cosigned', line: own });
});

it.each([
  ['nothing', ''],
  ['no note', 'welcome\n'],
  ['the cosignature of another key alone', cosignature(note, other)],
  ['a cosignature of another checkpoint', cosignature(noteOf(2))],
  ['a line that is cut off', cosignature().slice(0, 40)],
  ['more signatures than a note may have', cosignature(note, other).repeat(17)],
])('refuses an answer with %s', (_, body) => {
  expect(verdict(200, body)).toMatchObject({ kind: 'refused' });
});

it.each([0, 5, 19, 20])('goes on from size %i, where the witness says it is', (size) => {
  expect(verdict(409, `${size}\n`)).toEqual({ kind: 'elsewhere', size });
});

it.each([
  ['it cosigned more than was published', 409, '21\n', 12, /size 21, .* no more than 20/],
  [
    'it cosigned another root for the same size, in words',
    409,
    'other root\n',
    20,
    /another root for size 20/,
  ],
  ['it cosigned another root for the same size', 409, '20\n', 20, /another root for size 20/],
  ['the proof does not lead from what it cosigned', 422, '', 12, /size 20 does not follow from size 12/],
] as const)('raises an alarm when %s', (_, status, body, oldSize, reason) => {
  const found = verdict(status, body, { oldSize });
  expect(found.kind).toBe('contradicted');
  expect(found).toHaveProperty('reason', expect.stringMatching(reason));
});

it.each([
  ['a conflict without a size', 409, 'no\n'],
  ['a conflict about the size that it was sent', 409, '12\n'],
  ['a size that is no number', 409, '-1\n'],
  ['a key that it does not know', 403, ''],
  ['a log that it does not know', 404, ''],
  ['a request that it does not understand', 400, 'Line 1\u0007'],
  ['a redirection', 302, ''],
])('has somebody look into %s', (_, status, body) => {
  expect(verdict(status, body)).toMatchObject({ kind: 'refused' });
});

it.each([429, 500, 502, 503])('comes back later after %i, when it is told', (status) => {
  expect(verdict(status, '', { retryAfterMs: 7_000 })).toMatchObject({ kind: 'away', retryAfterMs: 7_000 });
});

it('comes back later when nothing came', () => {
  const silent: WitnessAnswer = { kind: 'silent', reason: 'it cannot be reached' };
  expect(verdictOf(silent, { note, size: 20, oldSize: 12 }, witness!.verifierKey)).toMatchObject({
    kind: 'away',
  });
});
