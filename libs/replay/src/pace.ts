const windowMs = 5_000;

/** How fast a replay is, over the last seconds; says so in the log once in each. */
export class Pace {
  private at = performance.now();
  private rate: number | null = null;

  constructor(
    private readonly schema: string,
    private readonly log: { info(facts: object, message: string): void },
    private from: number,
  ) {}

  /** @returns events a second; null while it is too early to tell */
  note(position: number, through: number): number | null {
    const seconds = (performance.now() - this.at) / 1_000;
    if (seconds * 1_000 < windowMs)
      return this.rate ?? (seconds > 0.2 ? (position - this.from) / seconds : null);
    const rate = (position - this.from) / seconds;
    this.rate = rate;
    this.at = performance.now();
    this.from = position;
    const secondsLeft = Math.ceil((through - position) / rate);
    this.log.info(
      { schema: this.schema, position, through, eventsPerSecond: Math.round(rate), secondsLeft },
      'replaying',
    );
    return rate;
  }
}
