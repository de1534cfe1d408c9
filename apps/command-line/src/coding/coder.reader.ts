import { type Coder, CodingDataError, createExtendedRulesCoder, rulesCoder } from '#coding';
import { BadInputError } from '../bad-input.error.ts';
import { readJsonFile } from '../json-file.ts';

/**
 * The coder with what ships with it, extended by an operator's file.
 * @throws BadInputError naming the file and the fields
 */
export async function readCoder(file: string | undefined): Promise<Coder> {
  if (file === undefined) return rulesCoder;
  const json = await readJsonFile(file);
  try {
    return createExtendedRulesCoder(json, file);
  } catch (error) {
    if (error instanceof CodingDataError) throw new BadInputError(error.message, { cause: error });
    throw error;
  }
}
