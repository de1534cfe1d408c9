import { type Claim } from '#events';
import { type RecodingCounts, type StatementDifference } from './recoding-counts.ts';
import { type StatusChangePreview } from './status-preview.ts';

/** A claim that is found, gone or told otherwise, with its sentence. */
export interface RecodingExample {
  readonly kind: 'added' | 'gone' | 'changed';
  readonly statementId: string;
  readonly corridor: string;
  readonly before: Claim | null;
  readonly after: Claim | null;
}

export interface RecodingReport {
  readonly coder: string;
  readonly coderData: string;
  readonly dryRun: boolean;
  /** False when it was stopped; begun again it goes on. */
  readonly finished: boolean;
  readonly counts: RecodingCounts;
  readonly examples: readonly RecodingExample[];
  /** Null where not every statement was looked at, or the difference is applied already. */
  readonly statuses: readonly StatusChangePreview[] | null;
}

const examplesMax = 10;

/** Keeps the first differences of each kind. */
export class ExampleCollection {
  readonly examples: RecodingExample[] = [];

  take({ statementId, corridor, added, gone, changed }: StatementDifference): void {
    const place = { statementId, corridor };
    for (const after of added) this.keep({ kind: 'added', ...place, before: null, after });
    for (const before of gone) this.keep({ kind: 'gone', ...place, before, after: null });
    for (const pair of changed) this.keep({ kind: 'changed', ...place, ...pair });
  }

  private keep(example: RecodingExample): void {
    const same = this.examples.filter(({ kind }) => kind === example.kind);
    if (same.length < examplesMax) this.examples.push(example);
  }
}

export function reportText(report: RecodingReport): string {
  const { coder, coderData, dryRun, finished, counts, examples, statuses } = report;
  const { statements, recoded, reviewsCarried } = counts;
  const lines = [
    `${coder} (${coderData.slice(0, 12)}): ${statements} statements read, ${recoded} coded otherwise than before.`,
    ...countLines(counts),
    ...(reviewsCarried > 0 ? [`${reviewsCarried} rejections carried over.`] : []),
    ...(statuses === null ? [] : statusLines(statuses)),
    ...examples.map(exampleLine),
  ];
  if (dryRun) lines.push('Nothing was applied. Without --dry-run it will be.');
  else if (!finished) lines.push('Stopped. Begun again it goes on.');
  return lines.join('\n');
}

function countLines({ added, gone, changed }: RecodingCounts): readonly string[] {
  const corridors = [...new Set([added, gone, changed].flatMap((counts) => Object.keys(counts)))].sort();
  return corridors.flatMap((corridor) => {
    const own = [added, gone, changed].map((counts) => counts[corridor] ?? {});
    const types = [...new Set(own.flatMap((counts) => Object.keys(counts)))].sort();
    return types.map((type) => {
      const [found = 0, lost = 0, other = 0] = own.map((counts) => counts[type] ?? 0);
      return `  ${corridor}  ${type.padEnd(12)}  added ${found}, gone ${lost}, changed ${other}`;
    });
  });
}

function statusLines(statuses: readonly StatusChangePreview[]): readonly string[] {
  if (statuses.length === 0) return ['No status changes, on no day.'];
  return statuses.map(({ corridor, from, to, changedDays }) => {
    const now = from === to ? `stays ${to}` : `${from} becomes ${to}`;
    return `  ${corridor}: the latest status ${now}; ${changedDays ?? 'many'} days change.`;
  });
}

function exampleLine({ kind, statementId, corridor, before, after }: RecodingExample): string {
  const told = [before, after].flatMap((claim) => (claim === null ? [] : [saysOf(claim)]));
  const quote = (after ?? before)?.quote.replaceAll(/\s+/g, ' ') ?? '';
  return `${kind}: ${corridor} ${told.join(' → ')}\n    “${quote}” (${statementId})`;
}

function saysOf({ type, status, speaker, modality, confidence }: Claim): string {
  const what = [type, status, modality === 'asserted' ? null : modality].filter((word) => word !== null);
  return `${what.join(' ')} by ${speaker} (${confidence})`;
}
