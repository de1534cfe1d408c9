import { Inject, Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import { type EventType } from '#events';
import { HealthRegistry, LOGGER, NotFoundError, type Logger } from '#platform';
import { ProjectionHost, type HostedProjection } from './projection-host.ts';

/** The projections of the process, by the names of their projectors. */
@Injectable()
export class ProjectionHosts {
  private readonly hosts = new Map<string, { release(key: string): Promise<number> }>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  /** The host runs the projection for as long as the module that provides it lives. */
  add<Reads extends EventType>(projection: HostedProjection<Reads>): ProjectionHost<Reads> {
    const host = new ProjectionHost(projection, this.logger, this.health, this.registry);
    this.hosts.set(projection.projector.name, host);
    return host;
  }

  /**
   * Lets a parked key flow again, once what waits for it can be applied.
   * @returns the number of events applied
   * @throws NotFoundError
   */
  async release(projector: string, key: string): Promise<number> {
    const host = this.hosts.get(projector);
    if (host === undefined) throw new NotFoundError(`There is no projection "${projector}" here.`);
    return host.release(key);
  }
}
