import { type RecodingRun } from './recoding-run.store.ts';

const quietMs = 10_000;
const shownMs = 200;

/** How far the run is, how fast, and how long it will take: in one line on a terminal, else a line every 10 s. */
export class ProgressLine {
  private readonly startedAt = performance.now();
  private shownAt = this.startedAt;
  private first: RecodingRun | null = null;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(run: RecodingRun): void {
    this.first ??= run;
    const now = performance.now();
    if (now - this.shownAt < (this.stream.isTTY ? shownMs : quietMs)) return;
    this.shownAt = now;
    const line = progressText(run, this.first, (now - this.startedAt) / 1_000);
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** MUST be called before anything else is written to the terminal. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }
}

/** Time left by ledger positions: how many of them are statements is not known before they are read. */
function progressText(run: RecodingRun, first: RecodingRun, seconds: number): string {
  const { counts, position, through } = run;
  const doneShare = through === 0 ? 1 : position / through;
  const perSecond = Math.round((counts.statements - first.counts.statements) / seconds);
  const positionsPerSecond = (position - first.position) / seconds;
  const left =
    positionsPerSecond > 0 ? `${Math.ceil((through - position) / positionsPerSecond)} s left` : '…';
  return `${(doneShare * 100).toFixed(1)} %, ${counts.statements} statements, ${perSecond}/s, ${counts.recoded} recoded, ${left}`;
}
