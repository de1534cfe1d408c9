/** One line of a stream: its number from 1, and its bytes; null bytes for a line beyond the limit. */
export interface Line {
  readonly number: number;
  readonly bytes: Buffer | null;
}

const newline = 0x0a;

/** Cuts a byte stream into lines, holding no more than one line. Blank lines are counted and left out. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, lineBytesMax: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;

  const endLine = (): Line | null => {
    number += 1;
    const line = { number, bytes: length > lineBytesMax ? null : Buffer.concat(parts) };
    parts = [];
    length = 0;
    return line.bytes !== null && line.bytes.toString('latin1').trim() === '' ? null : line;
  };
  const take = (part: Buffer) => {
    length += part.length;
    // Beyond the limit only the length is kept: the rest of the line is passed over.
    if (length <= lineBytesMax) parts.push(part);
    else parts = [];
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end));
      const line = endLine();
      if (line !== null) yield line;
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (length > 0) {
    const line = endLine();
    if (line !== null) yield line;
  }
}
