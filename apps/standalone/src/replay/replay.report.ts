import { type ColumnDifference, type Difference, type ReplayView } from '#replay';

/** The result by table, then what differs. */
export function reportText(replay: ReplayView): string {
  const { state, toPosition, events, differenceCount, parts } = replay;
  const where = toPosition === null ? 'as far as is projected' : `up to position ${toPosition}`;
  const lines = [
    `Replayed ${where}: ${events.toLocaleString('en')} events read, ${state}.`,
    ...tableLines(replay),
    ...replay.decisions.map(
      ({ derivedDecisions, erasedDecisions }) =>
        `  decisions: ${derivedDecisions} derived again and held against the ledger, ${erasedDecisions} of them erased there`,
    ),
    ...parts.flatMap(({ schema, failure }) => (failure === null ? [] : [`  ${schema} failed: ${failure}`])),
    ...parts.flatMap(({ schema, switchedAt }) =>
      switchedAt === null ? [] : [`  ${schema}: the rebuilt tables took the place of the live ones`],
    ),
    ...replay.parked.map(
      ({ schema, side, key, reason }) => `  ${schema} (${side}): "${key}" is parked: ${reason}`,
    ),
    ...replay.leftOut.map(({ schema, table, why }) => `  not replayed: ${schema}.${table} (${why})`),
    '  not replayed: notification (deliveries are work, not history; a replay sends none)',
  ];
  if (differenceCount > 0) lines.push(`${differenceCount} differences, of which the first are:`);
  return [...lines, ...replay.differences.map((difference) => `  ${differenceText(difference)}`)].join('\n');
}

function tableLines({ tables }: ReplayView): readonly string[] {
  const names = tables.map(({ schema, table }) => `${schema}.${table}`);
  const width = Math.max(0, ...names.map(({ length }) => length));
  return tables.map(({ rows, digest, differenceCount, notComparable }, index) => {
    const result = differenceCount === 0 ? 'identical' : `${differenceCount} rows differ`;
    const left =
      notComparable === 0 ? '' : `; ${notComparable} rows have been touched since and cannot be compared`;
    return `  ${(names[index] ?? '').padEnd(width)}  ${String(rows).padStart(9)} rows  sha256 ${digest.slice(0, 16)}…  ${result}${left}`;
  });
}

function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'row_missing':
      return `${placeOf(difference)}: the live table lacks the row`;
    case 'row_unexpected':
      return `${placeOf(difference)}: no event gives the row`;
    case 'row_differs':
      return `${placeOf(difference)}: ${difference.columns.map(columnText).join('; ')}`;
    case 'event_missing':
      return `ledger: there is no event at position ${difference.position}`;
    case 'decision_not_recorded':
      return `${decisionOf(difference)} follows from the ledger, and is not recorded`;
    case 'decision_not_derived':
      return `${decisionOf(difference)} is recorded, and does not follow from the ledger`;
    case 'decision_of_unknown_rules':
      return `${decisionOf(difference)} was made with rules that this release does not know`;
    case 'decision_differs':
      return `${decisionOf(difference)}: ${difference.field === null ? '' : columnText(difference.field)}`;
  }
}

function placeOf({ schema, table, key }: Extract<Difference, { key: unknown }>): string {
  const columns = Object.entries(key).map(([column, value]) => `${column} ${value}`);
  return `${schema}.${table} (${columns.join(', ')})`;
}

function decisionOf({
  type,
  corridor,
  position,
  causedBy,
  rule,
}: Extract<Difference, { causedBy: number }>): string {
  return `${type} on ${corridor} at position ${position} (caused by ${causedBy}, ${rule})`;
}

function columnText({ column, path, live, replayed }: ColumnDifference): string {
  return `${column}${path} is ${live ?? 'null'}, replayed ${replayed ?? 'null'}`;
}
