import { type z } from 'zod';
import { type Line, linesOf } from './ndjson-lines.ts';

/** What is wrong with a field, named as a person would: `claims[2].type`; empty for the whole. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

export type RecordLine<Value> =
  | { readonly line: number; readonly value: Value }
  | { readonly line: number; readonly faults: readonly FieldFault[] };

/** Reads one record a line; a bad line gives its faults, and the next ones are read. Holds no more than one line. */
export async function* recordsOf<Schema extends z.ZodType>(
  chunks: AsyncIterable<Buffer>,
  schema: Schema,
  lineBytesMax: number,
): AsyncGenerator<RecordLine<z.output<Schema>>> {
  for await (const line of linesOf(chunks, lineBytesMax)) {
    const read = jsonOf(line, lineBytesMax);
    if ('message' in read) {
      yield { line: line.number, faults: [{ field: '', message: read.message }] };
      continue;
    }
    const { success, data, error } = schema.safeParse(read.json);
    yield success ? { line: line.number, value: data } : { line: line.number, faults: fieldFaults(error) };
  }
}

export function fieldFaults(error: z.ZodError): readonly FieldFault[] {
  return error.issues.map(({ path, message }) => ({ field: fieldOf(path), message }));
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    return field === '' ? String(key) : `${field}.${String(key)}`;
  }, '');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The decoder passes over a byte order mark, which editors on Windows put before the first line. */
function jsonOf({ bytes }: Line, lineBytesMax: number): { json: unknown } | { message: string } {
  if (bytes === null) return { message: `is longer than ${lineBytesMax / 1_024 / 1_024} MiB` };
  let text;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { message: 'is not valid UTF-8' };
  }
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return { message: `is not valid JSON: ${(error as Error).message}` };
  }
}
