import { createHash } from 'node:crypto';
import { type z } from 'zod';
import { flow } from '#events';
import { canonicalize } from '#proofs';
import { phraseNames, wordNames } from './coding-data.lists.ts';
import {
  type CodingData,
  codingData,
  type CodingDataExtension,
  codingDataExtension,
} from './coding-data.schema.ts';

/** The data does not have the form that the README describes. */
export class CodingDataError extends Error {
  readonly code = 'bad_coding_data';

  /** @param flaws each with its file and field, as in `more.json: rules[2].status: Invalid option …` */
  constructor(readonly flaws: readonly string[]) {
    super(flaws.join('\n'));
    this.name = 'CodingDataError';
  }
}

/**
 * @param file names the source in errors
 * @throws CodingDataError
 */
export function parseCodingData(json: unknown, file = 'coding data'): CodingData {
  return checked(parsed(codingData, json, file), file);
}

/** @throws CodingDataError */
export function parseCodingDataExtension(json: unknown, file = 'extension'): CodingDataExtension {
  return parsed(codingDataExtension, json, file);
}

/** @throws CodingDataError where the whole no longer holds together */
export function extendCodingData(
  base: CodingData,
  extension: CodingDataExtension,
  file = 'extension',
): CodingData {
  return checked(mergeCodingData(base, extension), file);
}

/**
 * The data with the extension's rows after its own, unchecked. A country or an organisation that it already has gets
 * the new names.
 */
export function mergeCodingData(base: CodingData, extension: CodingDataExtension): CodingData {
  const { remove = {} } = extension;
  return {
    countries: mergedRows(base.countries, extension.countries),
    organisations: mergedRows(base.organisations, extension.organisations),
    offices: replacedRows(base.offices, remove.offices, extension.offices, ({ office }) => office),
    officials: replacedRows(base.officials, remove.officials, extension.officials, ({ name }) => name),
    publishers: replacedRows(base.publishers, remove.publishers, extension.publishers, ({ name }) => name),
    passageClasses: [...base.passageClasses, ...(extension.passageClasses ?? [])],
    words: mergedLists(base.words, extension.words ?? {}),
    phrases: mergedLists(base.phrases, extension.phrases ?? {}),
    flows: mergedLists(base.flows, extension.flows ?? {}),
    looseFlows: mergedLists(base.looseFlows, extension.looseFlows ?? {}),
    cues: mergedLists(base.cues, extension.cues ?? {}),
    rules: replacedRows(base.rules, remove.rules, extension.rules, ({ id }) => id),
  };
}

export function emptyCodingData(): CodingData {
  const empty = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name): [Name, string[]] => [name, []])) as Record<Name, string[]>;
  return {
    countries: [],
    organisations: [],
    offices: [],
    officials: [],
    publishers: [],
    passageClasses: [],
    words: empty(wordNames),
    phrases: empty(phraseNames),
    flows: empty(flow.options),
    looseFlows: empty(flow.options),
    cues: {},
    rules: [],
  };
}

/** SHA-256 in hex of the RFC 8785 form: what a claim was coded with, to the letter. */
export function codingDataHash(data: CodingData): string {
  return createHash('sha256').update(canonicalize(data), 'utf8').digest('hex');
}

interface NamedRow {
  readonly name: string;
  readonly adjectives: string[];
  readonly names: string[];
}

function replacedRows<Row>(
  rows: readonly Row[],
  removed: readonly string[] = [],
  more: readonly Row[] = [],
  nameOf: (row: Row) => string,
): Row[] {
  return [...rows.filter((row) => !removed.includes(nameOf(row))), ...more];
}

function mergedRows<Row extends NamedRow>(rows: readonly Row[], more: readonly Row[] = []): Row[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const row of more) {
    const own = byName.get(row.name);
    byName.set(row.name, own === undefined ? row : { ...own, ...mergedLists(listsOf(own), listsOf(row)) });
  }
  return [...byName.values()];
}

function listsOf({ names, adjectives }: NamedRow): Record<string, string[]> {
  return { names, adjectives };
}

function mergedLists<Lists extends Record<string, string[]>>(
  lists: Lists,
  more: { readonly [Name in keyof Lists]?: readonly string[] | undefined },
): Lists {
  const merged: Record<string, string[]> = { ...lists };
  for (const [name, list] of Object.entries<readonly string[] | undefined>(more))
    if (list !== undefined) merged[name] = [...new Set([...(merged[name] ?? []), ...list])];
  return merged as Lists;
}

/** Signs that every sentence has, for which no patterns are written. */
const builtInCues: ReadonlySet<string> = new Set(['C', 'D', 'B', 'R', 'M', 'A']);

function checked(data: CodingData, file: string): CodingData {
  const flaws: string[] = [];
  const ids = new Set<string>();
  data.rules.forEach(({ id, type, status, steps, unless }, index) => {
    const field = `${file}: rules[${index}]`;
    if (ids.has(id)) flaws.push(`${field}.id: there is another rule "${id}"; remove it to replace it`);
    ids.add(id);
    if ((status !== undefined) !== (type === 'status' || type === 'denial'))
      flaws.push(`${field}.status: a rule has one exactly when its type is status or denial ("${id}")`);
    for (const step of unless === undefined ? steps : [...steps, unless])
      if (typeof step === 'string' && !builtInCues.has(step) && !Object.hasOwn(data.cues, step))
        flaws.push(`${field}.steps: no cue is called "${step}" ("${id}")`);
  });
  if (flaws.length > 0) throw new CodingDataError(flaws);
  return data;
}

function parsed<Schema extends z.ZodType>(schema: Schema, json: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  throw new CodingDataError(
    result.error.issues.map(({ path, message, input }) => {
      const value =
        typeof input === 'object' || input === undefined ? '' : ` (it is ${JSON.stringify(input)})`;
      return `${file}: ${fieldOf(path)}: ${message}${value}`;
    }),
  );
}

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return field.replace(/^\./, '') || 'the whole';
}
