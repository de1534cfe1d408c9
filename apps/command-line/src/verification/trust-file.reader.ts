import { readFile } from 'node:fs/promises';
import { parseTrustFile, ProofError, type TrustFile } from '#proofs';
import { BadInputError } from '../bad-input.error.ts';

/** @throws BadInputError that names the file, and the line at fault */
export async function readTrustFile(file: string): Promise<TrustFile> {
  let bytes;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new BadInputError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new BadInputError(`${file}: ${error.message}`, { cause: error });
  }
}
