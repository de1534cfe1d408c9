import { type ReplayView } from '#replay';

const quietMs = 10_000;
const barLength = 24;

/** How far the replay is, how fast, and how long it will take: one line on a terminal, else a line every 10 s. */
export class ProgressBar {
  private shownAt = -Infinity;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(replay: ReplayView): void {
    const now = performance.now();
    if (!this.stream.isTTY && now - this.shownAt < quietMs) return;
    this.shownAt = now;
    const line = progressText(replay);
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** MUST be called before anything else is written to the terminal. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }
}

export function progressText({ progress, events, rate, secondsLeft, parts }: ReplayView): string {
  const done = Math.round(progress * barLength);
  const bar = `${'█'.repeat(done)}${'░'.repeat(barLength - done)}`;
  const states = parts.map(({ schema, state }) => `${schema} ${state}`).join(', ');
  const pace = rate === null ? '' : `, ${rate.toLocaleString('en')}/s`;
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  return `${bar} ${(progress * 100).toFixed(1)} %, ${events.toLocaleString('en')} events${pace}${left} (${states})`;
}
