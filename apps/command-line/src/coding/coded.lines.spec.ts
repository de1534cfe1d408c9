import { rulesCoder } from '#coding';
import { corridors, record } from '../../test/valley-records.ts';
import { codedLines } from './coded.lines.ts';

const full = corridors.map((corridor) => ({ ...corridor, names: {}, contextAliases: [], parties: [] }));

it('reads no faster than its lines are taken', async () => {
  let readCount = 0;
  async function* endless() {
    for (;;) {
      readCount += 1;
      yield Buffer.from(`${record(`${readCount}`)}\n`);
    }
  }
  const lines = codedLines(
    endless(),
    { coder: rulesCoder, corridors: full, explains: false },
    () => undefined,
  );
  for (let taken = 1; taken <= 3; taken++) {
    await lines.next();
    expect(readCount).toBe(taken);
  }
  await lines.return(undefined);
});
