import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

interface Advance {
  readonly at: number;
  readonly position: number;
}

export const watchEveryMs = 2;

/**
 * Notes when each lane of the status projection moved. The checkpoint commits together with the rows that readers
 * get, so from then on a query answers with the statement. One connection asks Postgres, not the service under
 * test, which would have to work for every question.
 */
export class CheckpointWatch {
  private readonly lanes = new Map<number, Advance[]>();
  private readonly client: pg.Client;
  private stopping = false;
  private readonly done: Promise<void>;

  private constructor(client: pg.Client) {
    this.client = client;
    this.done = this.run();
  }

  static async start(databaseUrl: string): Promise<CheckpointWatch> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench watch' });
    await client.connect();
    return new CheckpointWatch(client);
  }

  /** When the lane was first seen at the position or beyond; null when it was not yet. */
  seenAt(lane: number, position: number): number | null {
    return this.lanes.get(lane)?.find((advance) => advance.position >= position)?.at ?? null;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.done;
    await this.client.end();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const { rows } = await this.client.query<{ lane: number; position: string }>({
        name: 'watch',
        text: `SELECT lane, position FROM blockade_status.checkpoint WHERE projector = 'corridor-status'`,
      });
      const at = performance.now();
      for (const { lane, position } of rows) this.note(lane, { at, position: Number(position) });
      await pause(watchEveryMs);
    }
  }

  private note(lane: number, advance: Advance): void {
    const advances = this.lanes.get(lane) ?? [];
    if (advances.at(-1)?.position !== advance.position) advances.push(advance);
    this.lanes.set(lane, advances);
  }
}
