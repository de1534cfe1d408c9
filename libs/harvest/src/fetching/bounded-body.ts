import { type Readable, type Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { HarvestError } from '../harvest.error.ts';
import { type FetchLimits } from './fetched.ts';

/** Codings that we ask for, and so may be given. */
export const acceptedEncodings = 'gzip, br, zstd, deflate';

/** 8 MiB: what RFC 9659 lets a sender of zstd over HTTP take for granted. */
const zstdWindowLog = 23;

/**
 * Reads a body to its end, decompressed, and never holds more of it than the limits say: a small body may expand a
 * million times, and a server may send without end.
 * @param onProgress called with each piece that arrives, so that the caller can tell idle from slow
 */
export async function readBody(
  body: Readable,
  encoding: string,
  limits: FetchLimits,
  onProgress: () => void,
): Promise<Buffer> {
  const wire = counted(body, limits, onProgress);
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of decoded(wire, encoding)) {
    byteCount += chunk.length;
    chunks.push(chunk);
    if (byteCount <= limits.bodyBytesMax) continue;
    if (limits.overflow === 'cut') break;
    if (encoding === 'identity') throw tooLarge(limits.bodyBytesMax);
    throw new HarvestError('expands_too_far', `The body expands to more than ${limits.bodyBytesMax} bytes`);
  }
  return Buffer.concat(chunks).subarray(0, limits.bodyBytesMax);
}

/** @throws HarvestError when the body is coded in a way that we did not ask for, or more than once */
export function encodingOf(header: string | undefined): string {
  const encoding = (header ?? 'identity').trim().toLowerCase().replace(/^x-/, '') || 'identity';
  if (encoding !== 'identity' && decoders[encoding] === undefined) {
    throw new HarvestError('encoding_refused', `The body is coded as "${encoding.slice(0, 100)}"`);
  }
  return encoding;
}

async function* counted(body: Readable, limits: FetchLimits, onProgress: () => void): AsyncGenerator<Buffer> {
  let byteCount = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    onProgress();
    byteCount += chunk.length;
    yield chunk;
    if (byteCount <= limits.wireBytesMax) continue;
    if (limits.overflow === 'cut') return;
    throw tooLarge(limits.wireBytesMax);
  }
}

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: zstdWindowLog } }),
  deflate: () => createInflate(),
};

async function* decoded(wire: AsyncGenerator<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = decoders[encoding]?.();
  if (decoder === undefined) {
    yield* wire;
    return;
  }
  // Fed by hand: a pipeline would hide whether the wire or the coding broke.
  let wireFault: Error | null = null;
  void feed(wire, decoder).catch((error: unknown) => {
    wireFault = error instanceof Error ? error : new Error(String(error));
    decoder.destroy(wireFault);
  });
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (error === wireFault) throw error;
    throw new HarvestError(
      'encoding_broken',
      `The ${encoding} coding is broken: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  } finally {
    decoder.destroy();
  }
}

async function feed(wire: AsyncGenerator<Buffer>, decoder: Transform): Promise<void> {
  for await (const chunk of wire) {
    if (decoder.destroyed) return;
    if (!decoder.write(chunk)) await drained(decoder);
  }
  decoder.end();
}

function drained(decoder: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      decoder.off('drain', done).off('close', done);
      resolve();
    };
    decoder.on('drain', done).on('close', done);
  });
}

function tooLarge(bytesMax: number): HarvestError {
  return new HarvestError('too_large', `The body is larger than ${bytesMax} bytes`);
}
