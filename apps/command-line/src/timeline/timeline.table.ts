import {
  differingRuns,
  type DifferingRun,
  followedClaims,
  isAround,
  type TimelineScore,
} from '#timeline-score';
import { statementLines } from './statement.lines.ts';
import { type FedStatement, type TimelineEvaluation } from './timeline.evaluation.ts';

const nameWidth = 30;

/** What people read: each reference's figures and where it differs, then all of them side by side. */
export function timelineTable(evaluations: readonly TimelineEvaluation[], verbose: boolean): string {
  const scores = evaluations.map(({ score }) => score);
  const parts = evaluations.map((evaluation) => partOf(evaluation, verbose));
  return [...parts, ...(scores.length > 1 ? [sideBySide(scores)] : [])].join('\n\n') + '\n';
}

export type MeanScore = Pick<TimelineScore, 'perStatus' | 'plain' | 'flows' | 'disputedNotFollowed'> & {
  readonly changesF1: number | null;
};

/** Over the references that have the figure. */
export function meanOf(scores: readonly TimelineScore[]): MeanScore {
  return {
    perStatus: mean(scores.map(({ perStatus }) => perStatus)),
    plain: mean(scores.map(({ plain }) => plain)),
    changesF1: mean(scores.map(({ changes }) => changes.f1)),
    flows: mean(scores.map(({ flows }) => flows)),
    disputedNotFollowed: mean(scores.map(({ disputedNotFollowed }) => disputedNotFollowed)),
  };
}

function partOf({ reference, days, fed, score }: TimelineEvaluation, verbose: boolean): string {
  return [
    `${score.corridor}, ${score.days} days scored, ${score.missingDays} missing`,
    feedingLine(fed),
    '',
    ...figureLines(score),
    '',
    ...differenceLines(differingRuns(reference, days), fed, verbose),
    '',
    ...followedClaims(reference, days).map(
      ({ date, speaker, claims, claim }) => `followed: ${date} ${claims} as ${speaker} has it: ${claim}`,
    ),
    ...(verbose ? ['', 'every statement', ...fed.flatMap((each) => statementLines(each, true))] : []),
  ]
    .join('\n')
    .trimEnd();
}

/** How much of what was fed is evidence at all. */
function feedingLine(fed: readonly FedStatement[]): string {
  const taken = fed.flatMap(({ received }) => ('error' in received ? [] : [received]));
  const claimCount = taken.reduce((sum, { claims }) => sum + claims.length, 0);
  const silentCount = taken.filter(({ claims }) => claims.length === 0).length;
  const revisionCount = taken.filter(({ revises }) => revises !== null).length;
  return `${fed.length} statements, ${revisionCount} of them taken for new versions of their page; ${claimCount} claims, none in ${silentCount}`;
}

function figureLines(score: TimelineScore): readonly string[] {
  const { expected, derived, hits, precision, recall, f1 } = score.changes;
  return [
    row('per status', figure(score.perStatus)),
    ...Object.entries(score.statuses).map(([status, { days, credit }]) =>
      row(`  ${status}`, `${figure(credit)}  (${days} days)`),
    ),
    row('plain', figure(score.plain)),
    row(
      'changes F1',
      `${figure(f1)}  (precision ${figure(precision)}, recall ${figure(recall)}; ${hits} of ${expected} found, ${derived} derived)`,
    ),
    row('flows', figure(score.flows)),
    row('disputed claims not followed', figure(score.disputedNotFollowed)),
  ];
}

function differenceLines(
  runs: readonly DifferingRun[],
  fed: readonly FedStatement[],
  verbose: boolean,
): readonly string[] {
  if (runs.length === 0) return ['the days do not differ'];
  return [
    'where it differs',
    ...runs.flatMap((run) => [
      ...runLines(run),
      ...fed
        .filter(({ statement }) => isAround(run, statement.publishedAt.slice(0, 10)))
        .flatMap((each) => statementLines(each, verbose)),
    ]),
  ];
}

function runLines({ from, to, expected, derived, credit, isScored, flows }: DifferingRun): readonly string[] {
  const days = from === to ? from : `${from} to ${to}`;
  const headline =
    expected === derived ? `${expected}, as it should be` : `expected ${expected}, derived ${derived}`;
  const differing = flows.map(({ flow, ...each }) => `${flow} ${each.derived}, expected ${each.expected}`);
  return [
    `${days}: ${headline}${isScored ? `, credit ${figure(credit)}` : ', not scored'}`,
    ...(differing.length === 0 ? [] : [`  flows: ${differing.join('; ')}`]),
  ];
}

function sideBySide(scores: readonly TimelineScore[]): string {
  const lines = scores.map((score) => columns(score.corridor, { ...score, changesF1: score.changes.f1 }));
  return [header, ...lines, columns('mean', meanOf(scores))].join('\n');
}

const header = `${''.padEnd(nameWidth)} per status  plain  changes F1  flows  not followed`;

function columns(
  name: string,
  { perStatus, plain, changesF1, flows, disputedNotFollowed }: MeanScore,
): string {
  const cells = [
    figure(perStatus).padStart(10),
    figure(plain).padStart(6),
    figure(changesF1).padStart(11),
    figure(flows).padStart(6),
    figure(disputedNotFollowed).padStart(13),
  ];
  return `${name.slice(0, nameWidth).padEnd(nameWidth)} ${cells.join(' ')}`;
}

function row(name: string, text: string): string {
  return `${name.padEnd(nameWidth)} ${text}`;
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
