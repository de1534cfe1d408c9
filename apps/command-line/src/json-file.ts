import { readFile } from 'node:fs/promises';
import { BadInputError } from './bad-input.error.ts';

/** @throws BadInputError */
export async function readJsonFile(file: string): Promise<unknown> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInputError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    throw new BadInputError(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
