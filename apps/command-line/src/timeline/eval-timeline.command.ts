import { type Command } from 'commander';
import { type TimelineScore } from '#timeline-score';
import { exitCodes } from '../exit-codes.ts';
import { definitionOf, readListedCorridors } from './corridor.definition.ts';
import { readReference } from './reference.reader.ts';
import { evaluateTimeline, type TimelineEvaluation } from './timeline.evaluation.ts';
import { meanOf, timelineTable } from './timeline.table.ts';

interface Options {
  readonly reference: readonly string[];
  readonly corridors?: string;
  readonly json?: true;
  readonly verbose?: true;
}

export function addEvalTimelineCommand(program: Command): void {
  program
    .command('eval-timeline')
    .description(
      'Feeds the facts of a reference timeline to an instance of its own and scores the days it derives.',
    )
    .requiredOption(
      '--reference <file>',
      'JSON file of a reference timeline; may be given several times',
      (file: string, files: readonly string[] | undefined) => [...(files ?? []), file],
    )
    .option('--corridors <file>', 'JSON list of corridors: aliases, parties, operators, baseline by id')
    .option('--json', 'the score as one JSON object instead of the tables')
    .option('--verbose', 'every statement with its claims, not only those where the timelines differ')
    .addHelpText('after', help)
    .action(evalTimeline);
}

async function evalTimeline({ reference: files, corridors, json, verbose }: Options): Promise<void> {
  // All files first: nobody wants to learn of a slip in the last one after the runs of the others.
  const listed = await readListedCorridors(corridors);
  const references = await Promise.all(files.map(readReference));
  const evaluations: TimelineEvaluation[] = [];
  for (const [index, reference] of references.entries()) {
    process.stderr.write(`${reference.corridor} (${index + 1} of ${references.length}) …\n`);
    evaluations.push(await evaluateTimeline(reference, definitionOf(reference, listed)));
  }
  tellRefused(evaluations);
  const scores = evaluations.map(({ score }) => score);
  process.stdout.write(
    json === true ? `${JSON.stringify(objectOf(scores))}\n` : timelineTable(evaluations, verbose === true),
  );
}

/** The score of one reference as it is; of several their list and its mean. */
function objectOf(scores: readonly TimelineScore[]) {
  const [first] = scores;
  return scores.length === 1 ? first : { references: scores, mean: meanOf(scores) };
}

function tellRefused(evaluations: readonly TimelineEvaluation[]): void {
  for (const { reference, fed } of evaluations)
    for (const { statement, received } of fed) {
      if (!('error' in received)) continue;
      const { publishedAt, body } = statement;
      const place = `${reference.corridor}: ${publishedAt.slice(0, 10)} "${body}"`;
      process.stderr.write(`${place} was refused: ${received.error.detail}\n`);
      process.exitCode = exitCodes.someLinesBad;
    }
}

const help = `
Reference: {corridor, name, timezone, primaryTraffic, segments: [{from, to, status, accept?, flows?,
score?, evidence: [{date, fact, source}]}], disputed: [{date, speaker, claims, claim, source}]}.

Each reference gets a whole instance on a database of its own in a temporary folder, which is removed
again. Its facts and disputed claims go in as statements of their sources at noon UTC of their days,
through POST /v1/statements/batch; the days come out of GET /v1/corridors/{id}/timeline.

A corridor that ships with the product keeps its definition. Others get name, time zone and primary
traffic of the reference, and what the --corridors file knows beside.

Exit code: 0 done, 1 some statements were refused (stderr names them) and the rest is scored, 2 wrong
option or bad file (named with field), 3 the instance could not be started or broke off.

Examples:
  $ npx corridor-watch eval-timeline --reference timelines/qatar-blockade.json
  $ npx corridor-watch eval-timeline --reference a.json --reference b.json --corridors corridors.json --json
`;
