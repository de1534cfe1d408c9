import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodableCorridor, type CodableStatement } from '#coding';

/** The statements that we wrote ourselves, and their corridors. */
const folder = join(import.meta.dirname, '../libs/coding/gold');

interface WrittenStatement extends Pick<CodableStatement, 'publisher' | 'publishedAt' | 'body'> {
  readonly title?: string | null;
}

const written = ['own.ndjson', 'second.ndjson'].flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WrittenStatement),
);

export const corridors = (
  JSON.parse(readFileSync(join(folder, 'corridors.json'), 'utf8')) as Partial<CodableCorridor>[]
).map((corridor): CodableCorridor => ({
  id: '',
  name: '',
  names: {},
  aliases: [],
  contextAliases: [],
  parties: [],
  ...corridor,
}));

/**
 * As many statements of so many words as asked for. Each begins with one of ours, title and all, and goes on with the
 * next ones where it is too short.
 */
export function statementsOf(wordCount: number, count: number): readonly CodableStatement[] {
  return Array.from({ length: count }, (_, index) => statementOf(wordCount, index));
}

function statementOf(wordCount: number, index: number): CodableStatement {
  const first = writtenAt(index);
  // White space is kept as it is, since paragraphs matter to the coder.
  const parts: string[] = [];
  for (let next = index; parts.length < wordCount; next += 1) {
    const words = `${writtenAt(next).body}\n`.match(/\S+\s+/g) ?? [];
    parts.push(...words.slice(0, wordCount - parts.length));
  }
  return {
    statementId: `bench-${index}`,
    publisher: first.publisher,
    publishedAt: first.publishedAt,
    title: first.title ?? null,
    language: 'en',
    about: [],
    body: parts.join('').trimEnd(),
  };
}

function writtenAt(index: number): WrittenStatement {
  const statement = written[index % written.length];
  if (statement === undefined) throw new Error(`No statements in ${folder}`);
  return statement;
}
