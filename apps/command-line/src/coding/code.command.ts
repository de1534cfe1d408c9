import { pipeline } from 'node:stream/promises';
import { type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { ProgressLine } from '../progress.line.ts';
import { codedLines, type LineFault } from './coded.lines.ts';
import { type RecordCoding } from './coded.record.ts';
import { readCoder } from './coder.reader.ts';
import { readCorridors } from './corridors.reader.ts';

interface Options {
  readonly corridors: string;
  readonly data?: string;
  readonly explain?: true;
}

export function addCodeCommand(program: Command): void {
  program
    .command('code')
    .description('Codes statements from stdin into claims on stdout, one JSON record a line.')
    .requiredOption(
      '--corridors <file>',
      'JSON list of corridors: id, name, aliases, contextAliases, parties',
    )
    .option('--data <file>', 'JSON file that adds to the coding data: actors, publishers, cues, rules')
    .option('--explain', 'spell out the "why" of every claim')
    .addHelpText('after', help)
    .action(code);
}

async function code({ corridors, data, explain }: Options): Promise<void> {
  const coding = {
    coder: await readCoder(data),
    corridors: await readCorridors(corridors),
    explains: explain === true,
  };
  if (process.stdin.isTTY) process.stderr.write('Reading statements from the terminal; Ctrl-D ends them.\n');
  const hasFaults = await codeStream(coding);
  process.exitCode = hasFaults ? exitCodes.someLinesBad : exitCodes.done;
}

async function codeStream(coding: RecordCoding): Promise<boolean> {
  const progress = new ProgressLine(process.stderr);
  let hasFaults = false;
  const tell = ({ line, field, message }: LineFault) => {
    hasFaults = true;
    progress.clear();
    process.stderr.write(`line ${line}: ${field === '' ? '' : `${field}: `}${message}\n`);
  };
  const coded = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const line of codedLines(chunks, coding, tell)) {
      yield line;
      progress.advance();
    }
  };
  await pipeline(process.stdin, coded, process.stdout, { end: false });
  progress.clear();
  return hasFaults;
}

const help = `
Reads {id, publisher, publishedAt, title?, body, about?, language?}; other fields, such as url and
the claims of a gold file, are let by. Writes, for every statement in the order of the lines,
{id, claims: [{corridor, type, status, flows, effect, actor, speaker, speakerName, modality,
validFrom, start, end, confidence, why}]}; start and end are UTF-16 offsets into body, as String.prototype.slice takes them.

A bad line is told on stderr by its number and field, and the others are coded. A statement that is
not in English has no claims.

Exit code: 0 all lines coded, 1 some lines bad, 2 wrong option or bad file.

Example:
  $ cat corridors.json
  [{"id": "lachin-corridor", "name": "Lachin corridor", "aliases": ["Lachin road"]}]
  $ cat statements.ndjson
  {"id": "a", "publisher": "Valley Herald", "publishedAt": "2023-01-20", "body": "France said the Lachin corridor is blocked."}
  $ npx corridor-watch code --corridors corridors.json < statements.ndjson
  {"id":"a","claims":[{"corridor":"lachin-corridor","type":"status","status":"blocked","flows":[], …}]}

  $ npx corridor-watch code --corridors corridors.json --explain < statements.ndjson | jq -r '.claims[].why'
`;
