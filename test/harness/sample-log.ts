import { createHash } from 'node:crypto';
import {
  formatTrustFile,
  type BundledEvent,
  canonicalize,
  cosign,
  endLine,
  eventLine,
  formatSignature,
  headerLine,
  type Leaf,
  leafHash,
  leafHashesLine,
  parseNote,
  payloadHash,
  rootOfHashes,
  signatureTypes,
  signCheckpoint,
  type SignerKey,
  signerKey,
  TiledTree,
} from '#proofs';

export const logOrigin = 'log.example/corridors';
export const logKey = signerKey(logOrigin, signatureTypes.note, Buffer.alloc(32, 1));
export const witnessKey = signerKey('witness.example/first', signatureTypes.cosignature, Buffer.alloc(32, 2));

interface SampleEvent {
  readonly leaf: Leaf;
  readonly salt: Buffer;
  readonly payload: unknown;
  erased?: { readonly erasedBy: number; readonly stub: unknown };
}

/** A small ledger in memory with a log over it: the same events each time, signed by keys that everybody knows. */
export class SampleLog {
  readonly events: SampleEvent[] = [];
  readonly #hashes: Buffer[] = [];

  static of(count: number): SampleLog {
    const log = new SampleLog();
    for (let index = 0; index < count; index += 1) {
      const corridor = index % 3 === 0 ? 'lachin-corridor' : 'rafah-crossing';
      log.add('ClaimRecorded', corridor, {
        corridor,
        quote: `The road is shut on day ${index}.`,
        weight: 0.5,
      });
    }
    return log;
  }

  get size(): number {
    return this.events.length;
  }

  add(type: string, key: string, payload: unknown): void {
    const position = this.size + 1;
    const salt = createHash('sha256').update(`salt ${position}`).digest().subarray(0, 16);
    const leaf: Leaf = {
      v: 2,
      position,
      streamId: `sample-${position}`,
      streamVersion: 1,
      type,
      eventId: `0190b6f0-0000-7000-8000-${String(position).padStart(12, '0')}`,
      validFrom: '2022-12-12',
      recordedAt: `2026-07-12T09:30:00.${String(position % 1_000_000).padStart(6, '0')}Z`,
      actor: 'desk',
      payloadHash: payloadHash(salt, payload).toString('hex'),
      payloadVersion: 1,
      key,
      correlationId: `sample ${position}`,
      causationId: null,
      traceparent: null,
    };
    this.events.push({ leaf, salt, payload });
    this.#hashes.push(leafHash(leaf));
  }

  /** The payload is gone; an event says so, and what is read in its place. */
  erase(position: number, stub: unknown): void {
    const stubSha256 = createHash('sha256').update(canonicalize(stub)).digest('hex');
    this.add('PayloadsErased', 'statement', {
      replaced: [{ position, schemaVersion: 1, stubSha256 }],
      statementId: 's',
    });
    this.events[position - 1]!.erased = { erasedBy: this.size, stub };
  }

  tree(size = this.size): TiledTree {
    return new TiledTree(size, (level, index, width) => Promise.resolve(this.#tile(level, index, width)));
  }

  async checkpoint(size = this.size, key: SignerKey = logKey): Promise<string> {
    const root = await this.tree(size).root();
    return signCheckpoint({ origin: key.verifierKey.name, size, root, extensions: [] }, key);
  }

  async cosignedCheckpoint(size = this.size): Promise<string> {
    const note = await this.checkpoint(size);
    return note + formatSignature(cosign(parseNote(note).text, 1_767_225_600, witnessKey));
  }

  async wholeBundle({ size = this.size, checkpoint = '', from = 0 } = {}): Promise<string[]> {
    const header = await this.#header(size, checkpoint, from);
    const blocks = await this.tree(size).blockRoots();
    const lines = [headerLine({ ...header, corridor: null, eventCount: size, blocks })];
    for (const [index, event] of this.events.slice(0, size).entries()) {
      if (index % 256 === 0)
        lines.push(leafHashesLine(Buffer.concat(this.#hashes.slice(index, Math.min(size, index + 256)))));
      lines.push(eventLine(bundled(event, null)));
    }
    return [...lines, endLine(size)];
  }

  async corridorBundle(
    corridor: string,
    { size = this.size, checkpoint = '', from = 0 } = {},
  ): Promise<string[]> {
    const header = await this.#header(size, checkpoint, from);
    const chosen = this.events
      .slice(0, size)
      .filter(({ leaf: { key, type } }) => key === corridor || type === 'PayloadsErased');
    const lines = await Promise.all(
      chosen.map(async (event) => {
        return eventLine(bundled(event, await this.tree(size).inclusionProof(event.leaf.position - 1)));
      }),
    );
    const first = headerLine({ ...header, corridor, eventCount: chosen.length, blocks: null });
    return [first, ...lines, endLine(chosen.length)];
  }

  async #header(size: number, checkpoint: string, from: number) {
    return {
      checkpoint: checkpoint === '' ? await this.cosignedCheckpoint(size) : checkpoint,
      trust: formatTrustFile({
        logKeys: [{ key: logKey.verifierKey, fromSize: 0, untilSize: null }],
        witnesses: [],
      }),
      consistency: from === 0 ? null : { from, proof: await this.tree(size).consistencyProof(from) },
    };
  }

  #tile(level: number, index: number, width: number): Buffer {
    const span = 256 ** level;
    const hashes = Array.from({ length: width }, (_, at) => {
      const first = (index * 256 + at) * span;
      return rootOfHashes(Buffer.concat(this.#hashes.slice(first, first + span)));
    });
    return Buffer.concat(hashes);
  }
}

function bundled({ leaf, salt, payload, erased }: SampleEvent, proof: BundledEvent['proof']): BundledEvent {
  return { leaf, content: erased ?? { salt, payload }, proof };
}
