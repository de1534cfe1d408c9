import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Pool } from 'pg';
import { Gauge, Histogram, type Registry } from 'prom-client';
import { type PostgresLedger } from '#ledger';
import { type HealthRegistry, type HealthReport, type Logger } from '#platform';
import { LogReader, openLog, type TransparencyLog, WitnessRun } from '#transparency';
import { type AuditOptions } from './audit.config.ts';

export interface LogHostParts {
  readonly pool: Pool;
  readonly ledger: Pick<PostgresLedger, 'onAppended'>;
  readonly options: AuditOptions;
  readonly logger: Logger;
}

/** Runs the log and asks its witnesses for as long as the application lives, and tells its health and figures. */
export class LogHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private log: TransparencyLog | null = null;
  private witnesses: readonly WitnessRun[] = [];
  private readonly reader: LogReader;
  private readonly seconds: Histogram;

  constructor(
    private readonly parts: LogHostParts,
    health: HealthRegistry,
    registry: Registry,
  ) {
    this.reader = new LogReader(parts.pool, parts.options.witnesses);
    health.add({ name: 'transparency log', check: () => this.report() });
    this.seconds = new Histogram({
      name: 'transparency_integration_seconds',
      help: 'Time to take a batch of events into the tree',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers: [registry],
    });
    const sizes = () => this.reader.sizes();
    new Gauge({
      name: 'transparency_size',
      help: 'Events in the ledger, in the tree, and under a signed checkpoint',
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        const { appended, integrated, published } = await sizes();
        this.set({ state: 'appended' }, appended);
        this.set({ state: 'integrated' }, integrated);
        this.set({ state: 'published' }, published);
      },
    });
    const refuses = () => this.log !== null && this.log.health().refusal !== null;
    new Gauge({
      name: 'transparency_signing_refused',
      help: '1 while no checkpoint is signed until somebody has looked into it',
      registers: [registry],
      collect() {
        this.set(refuses() ? 1 : 0);
      },
    });
  }

  /** A log that must not be signed with the key that is set up ends the start. */
  async onApplicationBootstrap(): Promise<void> {
    const { pool, ledger, options, logger } = this.parts;
    this.log = await openLog({
      pool,
      hint: ledger,
      keys: options.keys,
      log: logger,
      onIntegrated: (_, seconds) => {
        this.seconds.observe(seconds);
      },
      onPublished: () => {
        for (const witness of this.witnesses) witness.published();
      },
    });
    this.log.start();
    this.witnesses = options.witnesses.map((witness) => new WitnessRun({ pool, witness, log: logger }));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.log?.stop(), ...this.witnesses.map((witness) => witness.stop())]);
  }

  /** Who asks for a status is served all the same: that nothing is signed is told, and is no lack of readiness. */
  private async report(): Promise<HealthReport> {
    if (this.log === null) return { ready: false, state: 'starting' };
    const { refusal, lastError, lastPublishedAt } = this.log.health();
    const { appended, integrated, published } = await this.reader.sizes();
    return {
      ready: true,
      auditReady: refusal === null,
      refusal,
      integrated,
      published,
      lag: appended - published,
      lastPublishedAt,
      lastError,
    };
  }
}
