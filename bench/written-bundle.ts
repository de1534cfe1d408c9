import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  blockEventCount,
  endLine,
  eventLine,
  formatTrustFile,
  headerLine,
  type Leaf,
  leafHash,
  leafHashesLine,
  payloadHash,
  rootOfHashes,
  signatureTypes,
  signCheckpoint,
  signerKey,
  TiledTree,
} from '#proofs';

const logKey = signerKey('bench.example/log', signatureTypes.note, Buffer.alloc(32, 1));
const salt = Buffer.alloc(16, 7);
const hashBytes = 32;
const tileBytes = blockEventCount * hashBytes;

export interface WrittenBundle {
  readonly tree: TiledTree;
  readonly checkpoint: string;
}

/** Writes the bundle of a whole ledger of events of about a kilobyte. */
export async function writeBundle(file: string, eventCount: number): Promise<WrittenBundle> {
  const leaves = Buffer.alloc(eventCount * hashBytes);
  for (let position = 1; position <= eventCount; position += 1) {
    leafHash(leafOf(position)).copy(leaves, (position - 1) * hashBytes);
  }
  const tree = treeOver(leaves);
  const origin = logKey.verifierKey.name;
  const checkpoint = signCheckpoint(
    { origin, size: eventCount, root: await tree.root(), extensions: [] },
    logKey,
  );
  const logKeys = [{ key: logKey.verifierKey, fromSize: 0, untilSize: null }];
  const header = headerLine({
    corridor: null,
    eventCount,
    checkpoint,
    trust: formatTrustFile({ logKeys, witnesses: [] }),
    consistency: null,
    blocks: await tree.blockRoots(),
  });
  await pipeline(Readable.from(linesOf(header, leaves, eventCount)), createWriteStream(file));
  return { tree, checkpoint };
}

function* linesOf(header: string, leaves: Buffer, eventCount: number): Generator<string> {
  let batch = header;
  for (let position = 1; position <= eventCount; position += 1) {
    const first = (position - 1) * hashBytes;
    if (first % tileBytes === 0) batch += leafHashesLine(leaves.subarray(first, first + tileBytes));
    batch += eventLine({
      leaf: leafOf(position),
      content: { salt, payload: payloadOf(position) },
      proof: null,
    });
    if (position % blockEventCount !== 0) continue;
    yield batch;
    batch = '';
  }
  yield batch + endLine(eventCount);
}

function leafOf(position: number): Leaf {
  return {
    v: 2,
    position,
    streamId: `statement-0190b6f0-0000-7000-8000-${String(position).padStart(12, '0')}`,
    streamVersion: 1,
    type: 'StatementCoded',
    eventId: `0190b6f0-0000-7000-8001-${String(position).padStart(12, '0')}`,
    validFrom: '2022-12-12',
    recordedAt: `2026-07-12T09:30:00.${String(position % 1_000_000).padStart(6, '0')}Z`,
    actor: 'coder rules/1',
    payloadHash: payloadHash(salt, payloadOf(position)).toString('hex'),
    payloadVersion: 1,
    key: 'lachin-corridor',
    correlationId: `0190b6f0-0000-7000-8002-${String(position).padStart(12, '0')}`,
    causationId: null,
    traceparent: null,
  };
}

function payloadOf(position: number): object {
  return {
    statementId: `0190b6f0-0000-7000-8000-${String(position).padStart(12, '0')}`,
    coder: 'rules/1',
    claims: [
      {
        claimId: `0190b6f0-0000-7000-8003-${String(position).padStart(12, '0')}`,
        corridor: 'lachin-corridor',
        type: 'status',
        status: 'blocked',
        speaker: 'France',
        confidence: 0.86,
        start: 812,
        end: 1_034,
        quote: `On day ${position} the ministry said that the corridor was blocked, and asked for it to be opened.`,
      },
    ],
  };
}

/** Over its tiles, kept in memory. */
function treeOver(leaves: Buffer): TiledTree {
  const levels = [leaves];
  for (let below = leaves; below.length >= tileBytes; below = levels.at(-1) ?? leaves) {
    const count = Math.floor(below.length / tileBytes);
    const roots = Array.from({ length: count }, (_, index) =>
      rootOfHashes(below.subarray(index * tileBytes, (index + 1) * tileBytes)),
    );
    levels.push(Buffer.concat(roots));
  }
  return new TiledTree(leaves.length / hashBytes, (level, index, width) => {
    const tile = levels[level]?.subarray(index * tileBytes, index * tileBytes + width * hashBytes);
    return Promise.resolve(tile ?? Buffer.alloc(0));
  });
}
