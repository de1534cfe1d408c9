import { type Accuracy, type MistakenClaim, type Rates } from '#coding-score';
import { type CodingEvaluation } from './coding.evaluation.ts';

const nameWidth = 24;
const quoteMax = 160;
const warningsShownMax = 20;

/** The evaluation for people, in the form of `corpus/score.mjs`. */
export function scoreTable(evaluation: CodingEvaluation): string {
  const { documents, micro, microF1Interval95: interval, macroF1, types } = evaluation;
  const lines = [
    `documents ${documents}, coder ${evaluation.coder}, data ${evaluation.coderData.slice(0, 12)}`,
    '',
    header,
    row('micro', micro),
    ...(interval === null
      ? []
      : [`  95% interval, by document F1 ${figure(interval[0])} to ${figure(interval[1])}`]),
    `macro F1 over types      ${figure(macroF1)}`,
    '',
    ...Object.entries(types).map(([type, rates]) => row(type, rates)),
    '',
    row('sentence, type ignored', evaluation.sentences),
    row('sentence and corridor', evaluation.sentencesWithCorridor),
    row('type+speaker+status', evaluation.whole),
    '',
    ...matchedLines(evaluation),
    ...ratesLines(evaluation.by),
    ...foldLines(evaluation.folds),
    ...mistakeLines('missed', evaluation.misses, evaluation.missCount),
    ...mistakeLines('false alarms', evaluation.falseAlarms, evaluation.falseAlarmCount),
    ...warningLines(evaluation.warnings),
  ];
  return lines.join('\n');
}

const header = `${''.padEnd(nameWidth)}  gold  pred match   prec    rec     F1`;

function row(name: string, { gold, predicted, matched, precision, recall, f1 }: Rates): string {
  const counts = [gold, predicted, matched].map((count) => String(count).padStart(5)).join(' ');
  const rates = [precision, recall, f1].map(figure).join('  ');
  return `${name.slice(0, nameWidth).padEnd(nameWidth)} ${counts}  ${rates}`;
}

function figure(value: number): string {
  return value.toFixed(3);
}

function matchedLines({ onMatched, spans }: CodingEvaluation): readonly string[] {
  const line = (name: string, { right, of, accuracy }: Accuracy) =>
    `  ${name.padEnd(30)} ${accuracy === null ? '    -' : figure(accuracy)}  (${right}/${of})`;
  const lines = [
    'on matched claims',
    line('speaker', onMatched.speaker),
    line('status (status and denial)', onMatched.status),
    line('validFrom', onMatched.validFrom),
    line('validFrom, where gold has a date', onMatched.validFromWhereDated),
    line('modality', onMatched.modality),
    line('speakerName', onMatched.speakerName),
    line('flows, where gold has them', onMatched.flows),
    line('effect, where gold has it', onMatched.effect),
    line('actor, where gold has it', onMatched.actor),
  ];
  if (spans.oversize === 0) return lines;
  return [...lines, `  ${spans.oversize} matched spans are more than twice as long as the gold sentence`];
}

function ratesLines(by: CodingEvaluation['by']): readonly string[] {
  return by === null ? [] : ['', header, ...Object.entries(by).map(([name, rates]) => row(name, rates))];
}

function foldLines(folds: CodingEvaluation['folds']): readonly string[] {
  if (folds === null) return [];
  const f1s = folds.map(({ f1 }) => f1);
  const mean = f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length;
  return [
    '',
    header,
    ...folds.map((rates, index) => row(`fold ${index + 1} of ${folds.length}`, rates)),
    `F1 of the folds: mean ${figure(mean)}, lowest ${figure(Math.min(...f1s))}, highest ${figure(Math.max(...f1s))}`,
  ];
}

function mistakeLines(title: string, mistakes: readonly MistakenClaim[], count: number): readonly string[] {
  if (mistakes.length === 0) return [];
  const shown = mistakes.length === count ? `${count}` : `${mistakes.length} of ${count}`;
  return [
    '',
    `${title} (${shown})`,
    ...mistakes.map(
      ({ id, corridor, type, speaker, text }) =>
        `  ${id} [${corridor}/${type}/${speaker}] ${text.replace(/\s+/g, ' ').slice(0, quoteMax)}`,
    ),
  ];
}

function warningLines(warnings: readonly string[]): readonly string[] {
  if (warnings.length === 0) return [];
  return [
    '',
    `${warnings.length} warnings`,
    ...warnings.slice(0, warningsShownMax).map((warning) => `  ${warning}`),
  ];
}
