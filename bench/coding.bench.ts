/**
 * How fast texts become claims. Run after `npm run build`: `npm run bench:coding`, or
 * `node --conditions=default bench/coding.bench.ts`.
 */
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { type CodableStatement, rulesCoder } from '#coding';
import { adversarialTexts } from './adversarial-texts.ts';
import { codeStream } from './code-stream.ts';
import { coreCount, loadNow } from './machine.ts';
import { type Contender, sideBySide } from './side-by-side.ts';
import { printTable } from './table.ts';
import { corridors, statementsOf } from './written-statements.ts';

const wordCount = 400;
const statements = statementsOf(wordCount, 200);

const nlp = winkNLP(model, ['sbd', 'pos']);
// eslint-disable-next-line @typescript-eslint/unbound-method -- a plain function, typed as a method
const tagOf = nlp.its.pos;

await speedTable();
await streamTable();
growthTable();
adversarialTable();

async function speedTable(): Promise<void> {
  const [coded, tagged] = await sideBySide([over(code), over(tag)], { callers: 1, rounds: 8 });
  printTable(
    `Statements of ${wordCount} words on one core (of ${coreCount}, load ${loadNow()}; ${rulesCoder.id})`,
    ['', 'statements/s', 'aim'],
    [
      ['coder', coded, '≥ 300'],
      ['wink-nlp, tags alone', tagged, ''],
      ['ratio', coded / tagged, '≥ 0.5'],
    ],
  );
}

function over(work: (statement: CodableStatement) => void): Contender {
  let next = 0;
  return {
    async once() {
      const batch = statements.slice(next, next + 20);
      next = (next + batch.length) % statements.length;
      batch.forEach(work);
      return Promise.resolve(batch.length);
    },
  };
}

function code(statement: CodableStatement): void {
  rulesCoder.code(statement, corridors);
}

function tag({ body }: CodableStatement): void {
  nlp.readDoc(body).tokens().out(tagOf);
}

async function streamTable(): Promise<void> {
  const { perSecond, peakMegabytes } = await codeStream(statements, 5_000);
  printTable(
    'The `code` command, from NDJSON to NDJSON, 5,000 statements',
    ['', 'measured', 'aim'],
    [
      ['statements/s', perSecond, '≥ 300'],
      ['peak RSS MB', peakMegabytes, '≤ 300'],
    ],
  );
}

function growthTable(): void {
  const rows = [1, 2, 4, 8, 16].map((times) => {
    const texts = statementsOf(wordCount * times, 40);
    const ms =
      Math.min(
        ...Array.from({ length: 5 }, () =>
          msOf(() => {
            texts.forEach(code);
          }),
        ),
      ) / texts.length;
    return { times, ms };
  });
  const [{ ms: base } = { ms: NaN }] = rows;
  printTable(
    'Growth with length (of a linear one, the last column stays near 1)',
    ['words', 'ms', 'ms / length, to the first'],
    rows.map(({ times, ms }) => [times * wordCount, ms, ms / times / base]),
  );
}

function adversarialTable(): void {
  const rows = [...adversarialTexts].map(([name, body]): [string, number, string] => {
    const statement = {
      statementId: name,
      publisher: 'Valley Herald',
      publishedAt: '2023-01-20T00:00:00.000Z',
      title: null,
      language: 'en',
      about: ['lachin-corridor'],
      body,
    };
    return [
      name,
      msOf(() => {
        code(statement);
      }),
      '≤ 2000',
    ];
  });
  printTable('Texts of 1 MiB made to be slow (ms)', ['', 'ms', 'aim'], rows);
}

/** Of the processor, so that what others do at the same time does not count. */
function msOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}
