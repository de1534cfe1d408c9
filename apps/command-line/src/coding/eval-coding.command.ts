import { type Command, InvalidArgumentError, Option } from 'commander';
import { readCoder } from './coder.reader.ts';
import { evaluateCoding } from './coding.evaluation.ts';
import { readCorridors } from './corridors.reader.ts';
import { readGoldFiles } from './gold.files.ts';
import { scoreTable } from './score.table.ts';

interface Options {
  readonly gold: string;
  readonly corridors: string;
  readonly data?: string;
  readonly json?: true;
  readonly by?: 'corridor' | 'doc';
  readonly errors?: number;
  readonly folds?: number;
}

const foldCountMax = 100;

export function addEvalCodingCommand(program: Command): void {
  program
    .command('eval-coding')
    .description('Codes gold statements and tells how well the claims agree with those made by hand.')
    .requiredOption('--gold <path>', 'NDJSON file of statements with their claims, or a folder of such files')
    .requiredOption(
      '--corridors <file>',
      'JSON list of corridors: id, name, aliases, contextAliases, parties',
    )
    .option('--data <file>', 'JSON file that adds to the coding data: actors, publishers, cues, rules')
    .option('--json', 'one JSON object instead of the tables')
    .addOption(new Option('--by <what>', 'a further table').choices(['corridor', 'doc']))
    .option('--errors <count>', 'list at most so many misses and false alarms (all)', countFrom(0))
    .option(
      '--folds <count>',
      'the figures over each of so many parts of the statements',
      countFrom(2, foldCountMax),
    )
    .addHelpText('after', help)
    .action(evalCoding);
}

async function evalCoding({ gold, corridors, data, json, by, errors, folds }: Options): Promise<void> {
  const coding = { coder: await readCoder(data), corridors: await readCorridors(corridors) };
  const evaluation = evaluateCoding(await readGoldFiles(gold), coding, {
    by: by ?? null,
    foldCount: folds ?? null,
    errorsMax: errors ?? Infinity,
  });
  process.stdout.write(`${json === true ? JSON.stringify(evaluation) : scoreTable(evaluation)}\n`);
}

function countFrom(least: number, most = 1_000_000): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < least || count > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return count;
  };
}

const help = `
Gold: {id, publisher, publishedAt, title?, body, about?, claims: [{sentence, corridor, type, status,
speaker, speakerName, modality, validFrom}]}, one record a line; sentence is a part of body.

A claim is found when one of the same corridor and type covers at least half of its sentence. Under
"on matched claims" stands how often the rest of it is right too. The rules learn nothing from the
gold, so folds tell how far the figures hang on the choice of texts.

Exit code: 0 done, 2 wrong option or bad file (named with line and field).

Examples:
  $ npx corridor-watch eval-coding --gold gold.ndjson --corridors corridors.json --by doc --errors 20
  $ npx corridor-watch eval-coding --gold gold/ --corridors corridors.json --json | jq .micro.f1
`;
