import { type Readable } from 'node:stream';

export interface ResponseExcerpt {
  /** The start of the answer's body as text, at most 16 KiB of its bytes. */
  readonly excerpt: string;
  /** The body broke off before its announced end. The status line was whole, so the answer counts. */
  readonly bodyBroken: boolean;
}

const byteCountMax = 16 * 1_024;

/**
 * Keeps the start of a body and hangs up. Cut by hand: undici's `maxResponseSize` turns a 200 with a long body into
 * an error.
 */
export async function readExcerpt(body: Readable, timeoutMs: number): Promise<ResponseExcerpt> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  let enough = false;
  const stop = (): void => {
    enough = true;
    body.destroy();
  };
  const timer = setTimeout(stop, timeoutMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      byteCount += chunk.length;
      if (byteCount >= byteCountMax) break;
    }
    return { excerpt: textOf(chunks), bodyBroken: false };
  } catch {
    return { excerpt: textOf(chunks), bodyBroken: !enough };
  } finally {
    clearTimeout(timer);
  }
}

function textOf(chunks: readonly Buffer[]): string {
  const bytes = Buffer.concat(chunks).subarray(0, byteCountMax);
  // Postgres cannot store NUL in text, and a receiver can send anything.
  return new TextDecoder().decode(bytes).replaceAll('\u0000', '\uFFFD');
}
