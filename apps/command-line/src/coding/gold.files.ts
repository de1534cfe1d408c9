import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type GoldFault, type GoldStatement, readGold } from '#coding-score';
import { BadInputError } from '../bad-input.error.ts';

const faultsShownMax = 20;

/**
 * Reads the gold statements of a file, or of all `*.ndjson` in a folder.
 * @throws BadInputError naming files, lines and fields
 */
export async function readGoldFiles(path: string): Promise<readonly GoldStatement[]> {
  const read = await Promise.all((await filesAt(path)).map(readFile));
  const statements = read.flatMap((file) => file.statements);
  const faults = read.flatMap((file) => file.faults);
  if (faults.length > 0) throw new BadInputError(told(faults));
  const twice = statements.find(
    ({ id }, index) => statements.findIndex((other) => other.id === id) !== index,
  );
  if (twice !== undefined) throw new BadInputError(`${path}: id: "${twice.id}" is used in two files`);
  if (statements.length === 0) throw new BadInputError(`${path} holds no gold statements`);
  return statements;
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => name.endsWith('.ndjson'))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw new BadInputError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function readFile(file: string) {
  return readGold(file, createReadStream(file) as AsyncIterable<Buffer>);
}

function told(faults: readonly GoldFault[]): string {
  const lines = faults
    .slice(0, faultsShownMax)
    .map(
      ({ file, line, field, message }) => `${file}:${line}: ${field === '' ? '' : `${field}: `}${message}`,
    );
  const rest = faults.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
