/** Terminals are slow: it is written a few times a second at most. */
const intervalMs = 200;

/** Tells on a terminal how far a long run is, in one line that overwrites itself; elsewhere it says nothing. */
export class ProgressLine {
  readonly #terminal: NodeJS.WriteStream;
  readonly #what: string;
  readonly #startedAt = performance.now();
  #shownAt = 0;
  #count = 0;

  /** @param what is counted, in the plural */
  constructor(terminal: NodeJS.WriteStream, what = 'statements') {
    this.#terminal = terminal;
    this.#what = what;
  }

  advance(): void {
    this.reach(this.#count + 1);
  }

  /** @param ofCount how many there will be, where that is known */
  reach(count: number, ofCount?: number): void {
    this.#count = count;
    const now = performance.now();
    if (!this.#terminal.isTTY || now - this.#shownAt < intervalMs) return;
    this.#shownAt = now;
    const perSecond = Math.round((count * 1_000) / (now - this.#startedAt));
    const of = ofCount === undefined ? '' : ` of ${ofCount.toLocaleString('en')}`;
    this.#terminal.write(`\r\u001b[K${count.toLocaleString('en')}${of} ${this.#what}, ${perSecond}/s`);
  }

  /** MUST be called before anything else is written to the terminal. */
  clear(): void {
    if (this.#terminal.isTTY && this.#shownAt > 0) this.#terminal.write('\r\u001b[K');
  }
}
