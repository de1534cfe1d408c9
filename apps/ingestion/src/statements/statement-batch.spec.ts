import { UnknownCorridorError } from './statement-coding.ts';
import { receiveBatch } from './statement-batch.ts';
import { type StatementInput } from './statement.input.ts';

const now = () => new Date('2023-01-20T12:00:00Z');
const line = (body: string, more: object = {}) =>
  JSON.stringify({ publisher: 'Valley Herald', publishedAt: '2023-01-20T10:00:00Z', body, ...more });

async function results(text: string | Buffer, receive = accept) {
  async function* stream() {
    yield Buffer.from(text as string);
  }
  return Array.fromAsync(receiveBatch(stream(), receive, now));
}

async function accept({ body }: StatementInput) {
  // Later lines are faster, so only the order of the lines can bring the answers into order.
  await new Promise((resolve) => setTimeout(resolve, 20 - Math.min(20, body.length)));
  return { statementId: body, duplicate: false, position: 1, cluster: body, revises: null, claims: [] };
}

it('answers one result a line, in the order of the lines', async () => {
  const answers = await results(['a', 'bb', 'ccc'].map((body) => line(body)).join('\n'));
  expect(answers).toMatchObject([
    { line: 1, statementId: 'a' },
    { line: 2, statementId: 'bb' },
    { line: 3, statementId: 'ccc' },
  ]);
});

it('gives a bad line its fault, and the good ones go in', async () => {
  const bad = Buffer.concat([
    Buffer.from(`${line('a')}\n{"publisher":`),
    Buffer.from([0xff]),
    Buffer.from('}\n'),
  ]);
  const text = Buffer.concat([bad, Buffer.from(`not json\n${line('b', { bdy: 'x' })}\n${line('c')}`)]);
  expect(await results(text)).toMatchObject([
    { line: 1, statementId: 'a' },
    { line: 2, error: { code: 'invalid_input', errors: [{ pointer: '', message: 'is not valid UTF-8' }] } },
    {
      line: 3,
      error: { code: 'invalid_input', detail: expect.stringContaining('not valid JSON') as string },
    },
    {
      line: 4,
      error: { code: 'invalid_input', errors: [{ pointer: '/bdy', message: 'is not a known field' }] },
    },
    { line: 5, statementId: 'c' },
  ]);
});

it('shows a refusal by its code, and nothing of our insides', async () => {
  const refuse = ({ body }: StatementInput): Promise<never> =>
    Promise.reject(body === 'a' ? new UnknownCorridorError('no-road', 0) : new Error('SELECT secret'));
  const [refusal, failure] = await results(`${line('a')}\n${line('b')}`, refuse);
  expect(refusal).toMatchObject({ error: { code: 'unknown_corridor', errors: [{ pointer: '/about/0' }] } });
  expect(JSON.stringify(failure)).not.toContain('SELECT');
});

it('holds no more than 32 lines at once', async () => {
  let inFlight = 0;
  let most = 0;
  await results(Array.from({ length: 200 }, (_, index) => line(`s${index}`)).join('\n'), async (input) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    const received = await accept(input);
    inFlight -= 1;
    return received;
  });
  expect(most).toBe(32);
});
