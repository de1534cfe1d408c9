import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type CodableStatement } from '#coding';
import { corridors } from './written-statements.ts';

const main = join(import.meta.dirname, '../dist/apps/command-line/src/main.js');
const tellsPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';

/** Sends statements through the `code` command, in a process of its own, start included. */
export async function codeStream(
  statements: readonly CodableStatement[],
  count: number,
): Promise<{ perSecond: number; peakMegabytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-bench-'));
  try {
    const file = join(folder, 'corridors.json');
    await writeFile(file, JSON.stringify(corridors));
    const lines = statements.map(
      ({ statementId, about: _about, ...rest }) => `${JSON.stringify({ id: statementId, ...rest })}\n`,
    );
    const startedAt = performance.now();
    const node = ['--import', `data:text/javascript,${tellsPeak}`];
    const child = spawn(process.execPath, [...node, main, 'code', '--corridors', file]);
    Readable.from(repeated(lines, count)).pipe(child.stdin);
    let codedCount = 0;
    const counted = (async () => {
      for await (const chunk of child.stdout)
        codedCount += (chunk as Buffer).filter((byte) => byte === 0x0a).length;
    })();
    const [peakKilobytes] = await Promise.all([text(child.stderr), counted]);
    if (codedCount !== count)
      throw new Error(`${codedCount} of ${count} statements were coded: ${peakKilobytes}`);
    const seconds = (performance.now() - startedAt) / 1_000;
    return { perSecond: count / seconds, peakMegabytes: Number(peakKilobytes) / 1_024 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function* repeated(lines: readonly string[], count: number): Generator<string> {
  for (let at = 0; at < count; at += 1) yield lines[at % lines.length] ?? '';
}
