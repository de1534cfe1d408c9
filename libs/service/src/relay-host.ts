import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { startRelay, type Relay, type RelayParts } from '#feed';
import { type HealthRegistry, type HealthReport } from '#platform';

/** Runs the relay for as long as its application lives. */
export class RelayHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private relay: Relay | null = null;

  constructor(
    private readonly parts: RelayParts,
    health: HealthRegistry,
    registry: Registry,
  ) {
    health.add({ name: 'relay', check: () => this.report() });
    const report = () => this.relay?.health();
    new Gauge({
      name: 'relay_lag_events',
      help: 'Events of the ledger that the transport has not confirmed yet',
      registers: [registry],
      async collect() {
        this.set((await report())?.lag ?? 0);
      },
    });
  }

  onApplicationBootstrap(): void {
    this.relay = startRelay(this.parts);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay?.stop();
    await this.parts.publisher.close();
  }

  /** A broker that is away does not stop the intake: the ledger holds what waits, so that is no lack of readiness. */
  private async report(): Promise<HealthReport> {
    if (this.relay === null) return { ready: false, state: 'starting' };
    return { ready: true, ...(await this.relay.health()) };
  }
}
