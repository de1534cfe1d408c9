import { type CodableCorridor } from '#coding';
import { type CorridorDefinition, type EventType, type PublisherGrade, type RecordedEvent } from '#events';
import { type Ledger } from '#ledger';

const reads: readonly EventType[] = ['CorridorRegistered', 'CorridorAmended', 'PublisherGraded'];
const pageSize = 1_000;

/**
 * The corridors and the publishers' grades as the ledger has them. It reads on from where it stands before each
 * use, so a corridor registered a moment ago, by any instance, is there for the next statement.
 */
export class Registry {
  private readonly corridors = new Map<string, CorridorDefinition>();
  private readonly graded = new Map<string, RecordedEvent<'PublisherGraded'>>();
  private prepared: readonly CodableCorridor[] | null = null;
  private position = 0;
  private reading: Promise<void> | null = null;

  constructor(private readonly ledger: Ledger) {}

  /** Resolves when everything recorded before the call is known here. */
  async catchUp(): Promise<void> {
    // A reading under way may have looked at the head too early for this caller: wait for it, then read once more.
    if (this.reading !== null) await this.reading.catch(() => undefined);
    this.reading ??= this.readOn().finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  /** The same array until a corridor changes: the coder prepares its gazetteer once for each. */
  codable(): readonly CodableCorridor[] {
    this.prepared ??= [...this.corridors].map(([id, definition]) => ({ id, ...definition }));
    return this.prepared;
  }

  definitions(): ReadonlyMap<string, CorridorDefinition> {
    return this.corridors;
  }

  isRegistered(corridor: string): boolean {
    return this.corridors.has(corridor);
  }

  gradeOf(publisher: string): PublisherGrade | null {
    return this.graded.get(publisher)?.payload.grade ?? null;
  }

  /** The latest of each publisher. */
  gradings(): readonly RecordedEvent<'PublisherGraded'>[] {
    return [...this.graded.values()];
  }

  private async readOn(): Promise<void> {
    const { position: head } = await this.ledger.head();
    let page: readonly RecordedEvent[];
    do {
      page = await this.ledger.read({ after: this.position, through: head, limit: pageSize, types: reads });
      page.forEach((event) => {
        this.learn(event);
      });
      this.position = page.length === pageSize ? (page.at(-1)?.position ?? head) : head;
    } while (page.length === pageSize);
  }

  private learn(event: RecordedEvent): void {
    if (event.type === 'CorridorRegistered' || event.type === 'CorridorAmended') {
      this.corridors.set(event.payload.corridor, event.payload.definition);
      this.prepared = null;
    } else if (event.type === 'PublisherGraded') {
      this.graded.set(event.payload.publisher, event);
    }
  }
}
