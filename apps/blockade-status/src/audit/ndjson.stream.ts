import { Readable } from 'node:stream';

/** A reader that takes nothing for as long is gone, whether its connection says so or not. */
const stallMsDefault = 30_000;

/**
 * Lines as a stream that is read on demand: nothing is fetched before it is asked for, and nothing more when the reader
 * goes or stands still.
 */
export function ndjsonStream(lines: AsyncIterable<string>, stallMs = stallMsDefault): Readable {
  const stream: Readable = Readable.from(watched(), { objectMode: false });
  return stream;

  async function* watched(): AsyncGenerator<string> {
    for await (const line of lines) {
      const stalled = setTimeout(() => {
        stream.destroy(new Error(`The reader took nothing for ${stallMs} ms`));
      }, stallMs);
      try {
        yield line;
      } finally {
        clearTimeout(stalled);
      }
    }
  }
}
