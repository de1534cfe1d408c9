/**
 * Gathers calls while a statement is under way and makes the next statement of all of them: under load one round
 * trip and one commit serve many lanes, and a lone call waits for nothing.
 */
export class Coalescer<Item, Answer> {
  #waiting: Call<Item, Answer>[] = [];
  #running = false;

  /** @param run MUST answer for each item at its place, or reject for all */
  constructor(
    private readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly itemCountMax: number,
  ) {}

  submit(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#runBatch(this.#waiting.splice(0, this.itemCountMax));
    this.#running = false;
  }

  async #runBatch(calls: readonly Call<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.run(calls.map(({ item }) => item));
      calls.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }
}

interface Call<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
