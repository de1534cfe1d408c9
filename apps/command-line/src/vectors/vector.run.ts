import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from '#ndjson';
import { BadInputError } from '../bad-input.error.ts';
import { BadVectorError, type Vector, type VectorFile } from './vector.files.ts';

export interface VectorResult {
  readonly file: VectorFile;
  readonly passedCount: number;
  readonly failures: readonly string[];
}

const lineBytesMax = 1_024 * 1_024;

/** @throws BadInputError where the file cannot be read, or a line of it is no vector; the line is named */
export async function runVectors(folder: string, file: VectorFile): Promise<VectorResult> {
  const path = join(folder, file.name);
  const failures: string[] = [];
  let count = 0;
  for await (const { number, vector } of vectorsIn(path)) {
    count += 1;
    const failure = failureOf(vector, file, `${path}, line ${number}`);
    if (failure !== null) failures.push(`${file.name}, line ${number}: ${failure}`);
  }
  if (count === 0) throw new BadInputError(`${path} holds no vectors`);
  return { file, passedCount: count - failures.length, failures };
}

async function* vectorsIn(path: string): AsyncGenerator<{ number: number; vector: Vector }> {
  try {
    for await (const { number, bytes } of linesOf(createReadStream(path), lineBytesMax)) {
      yield { number, vector: parsedVector(bytes, `${path}, line ${number}`) };
    }
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    throw new BadInputError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function parsedVector(bytes: Buffer | null, place: string): Vector {
  if (bytes === null) throw new BadInputError(`${place} is longer than ${lineBytesMax} bytes`);
  try {
    const vector = JSON.parse(bytes.toString(), exactNumber) as unknown;
    if (typeof vector === 'object' && vector !== null) return vector as Vector;
  } catch (error) {
    throw new BadInputError(`${place} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new BadInputError(`${place} is no object`);
}

/** A number beyond 2^53 would be read as its neighbour. */
function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value;
}

function failureOf(vector: Vector, { run, mustBeRefused }: VectorFile, place: string): string | null {
  const about = typeof vector['desc'] === 'string' ? vector['desc'] : String(vector['vector']);
  try {
    const mustRefuse = mustBeRefused(vector);
    const refusal = refusalOf(() => {
      run(vector);
    });
    if (mustRefuse === (refusal !== null)) return null;
    return refusal === null
      ? `"${about}" was accepted, and must be refused`
      : `"${about}" was refused: ${refusal}`;
  } catch (error) {
    if (error instanceof BadVectorError) throw new BadInputError(`${place}: ${error.message}`);
    throw error;
  }
}

function refusalOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof BadVectorError || !(error instanceof Error)) throw error;
    return error.message;
  }
}
