import { createHash } from 'node:crypto';
import { type Leaf, leafBytes, leafHash, leafPieces, LeafTooLargeError, payloadHash } from './leaf.ts';

const leaf: Leaf = {
  position: 7,
  streamId: 'corridor-lachin-corridor',
  streamVersion: 2,
  type: 'CorridorAmended',
  eventId: '0190b6f0-0000-7000-8000-000000000001',
  validFrom: null,
  recordedAt: '2026-07-12T09:30:00.000001Z',
  actor: 'key "x"',
  payloadHash: '00'.repeat(32),
};

it('writes a leaf as the specification prints it', () => {
  expect(leafBytes(leaf).toString()).toBe(
    '{"actor":"key \\"x\\"","eventId":"0190b6f0-0000-7000-8000-000000000001",' +
      `"payloadHash":"${'00'.repeat(32)}","position":7,"recordedAt":"2026-07-12T09:30:00.000001Z",` +
      '"streamId":"corridor-lachin-corridor","streamVersion":2,"type":"CorridorAmended","v":1,"validFrom":null}',
  );
});

it('hashes a leaf with the prefix that tells it from an inner node', () => {
  const expected = createHash('sha256')
    .update(Buffer.concat([Buffer.of(0), leafBytes(leaf)]))
    .digest('hex');
  expect(leafHash(leaf).toString('hex')).toBe(expected);
});

it.each<Partial<Leaf>>([
  { position: 8 },
  { streamId: 'corridor-x' },
  { streamVersion: 3 },
  { type: 'CorridorRegistered' },
  { eventId: '0190b6f0-0000-7000-8000-000000000002' },
  { validFrom: '2022-12-12' },
  { recordedAt: '2026-07-12T09:30:00.000002Z' },
  { actor: 'y' },
  { payloadHash: '01'.repeat(32) },
])('binds %p', (change) => {
  expect(leafHash({ ...leaf, ...change })).not.toEqual(leafHash(leaf));
});

it('refuses a leaf that a tile could not hold', () => {
  expect(() => leafBytes({ ...leaf, actor: 'x'.repeat(65_536) })).toThrow(LeafTooLargeError);
});

it('hashes the salt before the canonical payload', () => {
  const salt = Buffer.alloc(16, 1);
  const expected = createHash('sha256').update(salt).update('{"a":1,"b":2}').digest('hex');
  expect(payloadHash(salt, { b: 2, a: 1 }).toString('hex')).toBe(expected);
});

it.each<Partial<Leaf>>([{}, { validFrom: '2022-12-12' }, { streamId: 'q"\\\u001fé', actor: '\u2028' }])(
  'gives pieces that make the same leaf once place and time are known: %j',
  (change) => {
    const changed = { ...leaf, ...change };
    const { actor, eventId, streamId, type, validFrom, recordedAt } = changed;
    const joined =
      `${leafPieces.beforePosition(actor, eventId, changed.payloadHash)}7,"recordedAt":"${recordedAt}"` +
      `${leafPieces.beforeVersion(streamId)}2${leafPieces.end(type, validFrom)}`;
    expect(joined).toBe(leafBytes(changed).toString());
  },
);
