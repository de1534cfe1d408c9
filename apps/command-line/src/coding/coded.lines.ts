import { statementRecord, type StatementRecord } from '#coding-score';
import { type FieldFault, recordsOf } from '#ndjson';
import { codeRecord, type RecordCoding } from './coded.record.ts';

/** A body of 1 MiB with every character escaped, and as much again for fields that are let by. */
const lineBytesMax = 16 * 1_024 * 1_024;

export interface LineFault extends FieldFault {
  readonly line: number;
}

/**
 * Codes one statement a line, in the order of the lines. A bad line is told to `onFault`, and the next ones are coded.
 * Holds one line at a time, and reads no faster than its lines are taken.
 */
export async function* codedLines(
  chunks: AsyncIterable<Buffer>,
  coding: RecordCoding,
  onFault: (fault: LineFault) => void,
): AsyncGenerator<string> {
  const known = new Set(coding.corridors.map(({ id }) => id));
  for await (const record of recordsOf(chunks, statementRecord, lineBytesMax)) {
    const { line } = record;
    const faults = 'faults' in record ? record.faults : unknownCorridors(record.value, known);
    for (const fault of faults) onFault({ line, ...fault });
    if ('value' in record && faults.length === 0)
      yield `${JSON.stringify(codeRecord(record.value, coding))}\n`;
  }
}

function unknownCorridors({ about }: StatementRecord, known: ReadonlySet<string>): readonly FieldFault[] {
  return about.flatMap((id, index) =>
    known.has(id)
      ? []
      : [{ field: `about[${index}]`, message: `"${id}" is not a corridor of the --corridors file` }],
  );
}
