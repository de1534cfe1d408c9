import { type Pool } from 'pg';

/** One read of an audit route. */
export interface AuditRead {
  readonly at: Date;
  /** The id of an API key, or `anonymous`. */
  readonly reader: string;
  /** As it is declared, such as `/v1/audit/proof/:position`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of the answer; 499 where the reader went before its end. */
  readonly status: number;
  readonly traceId: string | null;
}

export interface AuditReadsParts {
  readonly pool: Pool;
  readonly keptDays: number;
  readonly log: { error(fields: object, message: string): void };
  /** Reads that could not be written, when there are any. */
  readonly onLost?: (count: number) => void;
}

const flushMs = 200;
const retryMs = 1_000;
const waitingMax = 10_000;
const batchMax = 1_000;
const tidyMs = 3_600_000;

/**
 * Writes down who read what, behind the answers: a read never waits for it. While the database is away up to 10,000
 * wait; of those beyond, their number is written, and each stands in the log in any case.
 */
export class AuditReads {
  private waiting: AuditRead[] = [];
  private lostCount = 0;
  private flushing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private tidying: NodeJS.Timeout | null = null;

  constructor(private readonly parts: AuditReadsParts) {}

  start(): void {
    void this.tidy();
    this.tidying = setInterval(() => void this.tidy(), tidyMs).unref();
  }

  add(read: AuditRead): void {
    if (this.waiting.length >= waitingMax) this.lose(1);
    else this.waiting.push(read);
    this.flushIn(flushMs);
  }

  /** Writes what waits, as far as the database lets it. */
  async stop(): Promise<void> {
    if (this.tidying !== null) clearInterval(this.tidying);
    if (this.timer !== null) clearTimeout(this.timer);
    await this.flushing;
    while (this.waiting.length > 0 && (await this.writeBatch()));
    if (this.waiting.length > 0) this.lose(this.waiting.length);
  }

  private flushIn(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flushing ??= this.flush().finally(() => {
        this.flushing = null;
      });
    }, ms).unref();
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      if (await this.writeBatch()) continue;
      this.flushIn(retryMs);
      return;
    }
  }

  private async writeBatch(): Promise<boolean> {
    const batch = this.waiting.slice(0, batchMax);
    const { lostCount } = this;
    const lost = {
      at: new Date(),
      reader: '',
      route: 'lost',
      parameters: { count: lostCount },
      status: 0,
      traceId: null,
    };
    const rows: readonly AuditRead[] = lostCount === 0 ? batch : [...batch, lost];
    try {
      await this.parts.pool.query({
        name: 'transparency-audit-reads/1',
        text: `INSERT INTO transparency.audit_read (at, reader, route, parameters, status, trace_id)
          SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::json[], $5::smallint[], $6::text[])`,
        values: [
          rows.map(({ at }) => at.toISOString()),
          rows.map(({ reader }) => reader),
          rows.map(({ route }) => route),
          rows.map(({ parameters }) => JSON.stringify(parameters)),
          rows.map(({ status }) => status),
          rows.map(({ traceId }) => traceId),
        ],
      });
    } catch (error) {
      this.parts.log.error(
        { err: error, waitingCount: this.waiting.length },
        'reads of audit routes wait to be written',
      );
      return false;
    }
    this.waiting.splice(0, batch.length);
    this.lostCount -= lostCount;
    return true;
  }

  private lose(count: number): void {
    if (this.lostCount === 0)
      this.parts.log.error({}, 'reads of audit routes are lost but for their log lines');
    this.lostCount += count;
    this.parts.onLost?.(count);
  }

  private async tidy(): Promise<void> {
    try {
      await this.parts.pool.query(
        `DELETE FROM transparency.audit_read WHERE at < now() - make_interval(days => $1)`,
        [this.parts.keptDays],
      );
    } catch (error) {
      this.parts.log.error(
        { err: error },
        'old reads of audit routes could not be removed; it is tried again',
      );
    }
  }
}
