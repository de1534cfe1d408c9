import pg from 'pg';
import { appendedChannel } from '../append/append-hint.ts';

export type AppendedListener = (position: number) => void;

const firstPauseMs = 100;
const pauseMsMax = 5_000;

/**
 * Hears the hints of all writers on a connection of its own, which it opens anew when it breaks. Whoever listens
 * MUST poll as well: hints get lost while the connection is down.
 */
export class AppendListener {
  private readonly listeners = new Set<AppendedListener>();
  private client: pg.Client | null = null;
  private retry: NodeJS.Timeout | null = null;
  private pauseMs = firstPauseMs;
  private closed = false;
  /** False while the connection is away, and polling has to be prompt. */
  listening = false;

  constructor(private readonly connection: pg.ClientConfig) {}

  /** Answers the function that ends it. */
  onAppended(listener: AppendedListener): () => void {
    this.listeners.add(listener);
    if (this.client === null && this.retry === null) this.connect();
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry !== null) clearTimeout(this.retry);
    await this.client?.end();
  }

  private connect(): void {
    if (this.closed) return;
    const client = new pg.Client({ ...this.connection, keepAlive: true });
    this.client = client;
    client.on('error', () => undefined);
    client.on('end', () => {
      this.listening = false;
      this.reconnectLater();
    });
    client.on('notification', ({ payload }) => {
      for (const listener of this.listeners) listener(Number(payload));
    });
    client
      .connect()
      .then(() => client.query(`LISTEN ${appendedChannel}`))
      .then(() => {
        this.pauseMs = firstPauseMs;
        this.listening = true;
      })
      .catch(() => {
        client.end().catch(() => undefined);
        this.reconnectLater();
      });
  }

  private reconnectLater(): void {
    if (this.closed || this.retry !== null) return;
    this.client = null;
    this.retry = setTimeout(() => {
      this.retry = null;
      this.connect();
    }, this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, pauseMsMax);
  }
}
