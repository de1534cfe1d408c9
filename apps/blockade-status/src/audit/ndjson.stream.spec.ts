import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ndjsonStream } from './ndjson.stream.ts';

interface Source {
  readonly lines: AsyncIterable<string>;
  readonly taken: () => number;
  readonly ended: () => boolean;
}

function source(count: number, line = 'x'.repeat(100_000)): Source {
  let taken = 0;
  let ended = false;
  async function* lines(): AsyncGenerator<string> {
    try {
      for (; taken < count; taken += 1) yield `${line}\n`;
    } finally {
      ended = true;
    }
  }
  return { lines: lines(), taken: () => taken, ended: () => ended };
}

it('gives all lines to who reads them', async () => {
  const { lines, ended } = source(3, 'a line');
  expect(await text(ndjsonStream(lines))).toBe('a line\na line\na line\n');
  expect(ended()).toBe(true);
});

it('fetches no more than who reads takes', async () => {
  const { lines, taken } = source(1_000);
  const stream = ndjsonStream(lines);
  stream.read(1);
  await once(stream, 'readable');
  expect(taken()).toBeLessThan(5);
  stream.destroy();
});

it('ends the fetching when the reader goes', async () => {
  const { lines, ended } = source(1_000);
  const stream = ndjsonStream(lines);
  await once(stream, 'readable');
  stream.destroy();
  await once(stream, 'close');
  expect(ended()).toBe(true);
});

it('ends it as well when the reader stands still', async () => {
  const { lines, ended } = source(1_000);
  const stream = ndjsonStream(lines, 20);
  await once(stream, 'readable');
  const [error] = (await once(stream, 'error')) as [Error];
  expect(error.message).toBe('The reader took nothing for 20 ms');
  expect(ended()).toBe(true);
});
