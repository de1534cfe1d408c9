import { readFile } from 'node:fs/promises';
import { CodingDataError, createExtendedRulesCoder, rulesCoder, type Coder } from '#coding';
import { SettingsError } from '#platform';

/** The first that reads a text's language codes it, at intake and when it is coded again. */
export type Coders = readonly [Coder, ...Coder[]];

/**
 * What ships, extended by an operator's file where there is one.
 * @throws SettingsError naming the file, and the fields in it
 */
export async function readCoders(codingDataFile: string | undefined): Promise<Coders> {
  if (codingDataFile === undefined) return [rulesCoder];
  try {
    const json = JSON.parse(await readFile(codingDataFile, 'utf8')) as unknown;
    return [createExtendedRulesCoder(json, codingDataFile)];
  } catch (error) {
    const flaws =
      error instanceof CodingDataError ? error.message : `${codingDataFile}: ${(error as Error).message}`;
    throw new SettingsError(`CODING_DATA_FILE cannot be used:\n${flaws}`, { cause: error });
  }
}
