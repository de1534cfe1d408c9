/** Terminals are slow: it is written a few times a second at most. */
const intervalMs = 200;

/** Tells on a terminal how far a long run is, in one line that overwrites itself; elsewhere it says nothing. */
export class ProgressLine {
  readonly #terminal: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  #shownAt = 0;
  #count = 0;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  advance(): void {
    this.#count += 1;
    const now = performance.now();
    if (!this.#terminal.isTTY || now - this.#shownAt < intervalMs) return;
    this.#shownAt = now;
    const perSecond = Math.round((this.#count * 1_000) / (now - this.#startedAt));
    this.#terminal.write(`\r\u001b[K${this.#count.toLocaleString('en')} statements, ${perSecond}/s`);
  }

  /** MUST be called before anything else is written to the terminal. */
  clear(): void {
    if (this.#terminal.isTTY && this.#shownAt > 0) this.#terminal.write('\r\u001b[K');
  }
}
