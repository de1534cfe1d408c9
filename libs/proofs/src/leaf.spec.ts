import { createHash } from 'node:crypto';
import {
  type FirstLeaf,
  type Leaf,
  leafBytes,
  leafHash,
  leafPieces,
  LeafTooLargeError,
  payloadHash,
} from './leaf.ts';

const leaf: Leaf = {
  v: 2,
  position: 7,
  streamId: 'corridor-lachin-corridor',
  streamVersion: 2,
  type: 'CorridorAmended',
  eventId: '0190b6f0-0000-7000-8000-000000000001',
  validFrom: null,
  recordedAt: '2026-07-12T09:30:00.000001Z',
  actor: 'key "x"',
  payloadHash: '00'.repeat(32),
  payloadVersion: 3,
  key: 'lachin-corridor',
  correlationId: 'c',
  causationId: null,
  traceparent: null,
};

it('writes every member in canonical order', () => {
  expect(leafBytes(leaf).toString()).toBe(
    '{"actor":"key \\"x\\"","causationId":null,"correlationId":"c",' +
      '"eventId":"0190b6f0-0000-7000-8000-000000000001","key":"lachin-corridor",' +
      `"payloadHash":"${'00'.repeat(32)}","payloadVersion":3,"position":7,` +
      '"recordedAt":"2026-07-12T09:30:00.000001Z","streamId":"corridor-lachin-corridor","streamVersion":2,' +
      '"traceparent":null,"type":"CorridorAmended","v":2,"validFrom":null}',
  );
});

it('still writes a leaf of the first version as it was', () => {
  const first: FirstLeaf = { ...leaf, v: 1 };
  expect(leafBytes(first).toString()).toBe(
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
  { payloadVersion: 2 },
  { key: 'another-corridor' },
  { correlationId: 'd' },
  { causationId: 'c' },
  { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
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

it.each<Partial<Leaf>>([
  {},
  { validFrom: '2022-12-12', causationId: 'a', traceparent: 't' },
  { streamId: 'q"\\\u001fé', actor: '\u2028', key: '"', correlationId: '\\' },
])('gives pieces that make the same leaf once place and time are known: %j', (change) => {
  const changed = { ...leaf, ...change };
  const joined =
    `${leafPieces.beforePosition(leafPieces.start(changed), changed)}7,"recordedAt":"${changed.recordedAt}"` +
    `${leafPieces.beforeVersion(changed.streamId)}2${leafPieces.end(changed)}`;
  expect(joined).toBe(leafBytes(changed).toString());
});
