import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { type EventType } from '#events';
import { crash, type HealthRegistry, type HealthReport, type Logger } from '#platform';
import { runProjector, type ProjectionParts, type RunningProjection } from '#projection';

/** A projection but for the logger, which its host brings. */
export type HostedProjection<Reads extends EventType> = Omit<ProjectionParts<Reads>, 'log'>;

/** Runs a projector for as long as its application lives, and tells its health and figures. */
export class ProjectionHost<Reads extends EventType>
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private running: RunningProjection | null = null;
  private readonly applied: Counter;

  constructor(
    private readonly parts: HostedProjection<Reads>,
    private readonly logger: Logger,
    health: HealthRegistry,
    registry: Registry,
  ) {
    const { name } = parts.projector;
    health.add({ name: `projection ${name}`, check: () => this.report() });
    this.applied = metric(registry, 'projection_events_total', (description) => new Counter(description), {
      help: 'Events applied to a projection',
    });
    const lag = metric(registry, 'projection_position', (description) => new Gauge(description), {
      help: 'Ledger position up to which a projection is complete',
    });
    this.onApplied = (eventCount, through) => {
      this.applied.inc({ projector: name }, eventCount);
      lag.set({ projector: name }, through);
      parts.onApplied?.(eventCount, through);
    };
  }

  private readonly onApplied: NonNullable<ProjectionParts<Reads>['onApplied']>;

  async onApplicationBootstrap(): Promise<void> {
    this.running = await runProjector({ ...this.parts, log: this.logger, onApplied: this.onApplied });
    void this.running.failed.then((error) => {
      crash(this.logger, error);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running?.stop();
  }

  /** See `RunningProjection.release`. */
  async release(key: string): Promise<number> {
    if (this.running === null) throw new Error(`${this.parts.projector.name} does not run yet`);
    return this.running.release(key);
  }

  private async report(): Promise<HealthReport> {
    if (this.running === null) return { ready: false, state: 'starting' };
    const [{ connected, lanes, lastError, lastAppliedAt, parked }, head] = await Promise.all([
      this.running.health(),
      this.parts.ledger.head(),
    ]);
    const position = Math.max(0, ...lanes.values());
    // Behind a broker that is away reads go on, older than they should be, and so does the intake.
    return {
      ready: true,
      connected,
      position,
      lag: head.position - position,
      lastAppliedAt,
      lastError,
      parked,
    };
  }
}

/** Several projections of one process share a metric; prom-client wants it made once. */
function metric<Metric extends Counter | Gauge>(
  registry: Registry,
  name: string,
  make: (description: { name: string; help: string; labelNames: string[]; registers: Registry[] }) => Metric,
  { help }: { help: string },
): Metric {
  const known = registry.getSingleMetric(name);
  if (known !== undefined) return known as unknown as Metric;
  return make({ name, help, labelNames: ['projector'], registers: [registry] });
}
