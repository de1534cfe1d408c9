import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Pool } from 'pg';
import { type Counter } from 'prom-client';
import { AccessModule, accessRefusals, sharedSecret } from '#access';
import { createHttpApp, PlatformModule, signedCursors, type Logger, type RefusalTable } from '#platform';
import { ProjectionHosts } from './projection-hosts.ts';
import { ProjectionsController } from './projections.controller.ts';

export interface ServiceRootParts {
  readonly logger: Logger;
  readonly pool: Pool;
  readonly publicRead: boolean;
  /** Of parts that are older than the application. */
  readonly counters?: readonly Counter[];
  /** The rooms of the process: one service's module, or all of them. */
  readonly modules: readonly DynamicModule[];
  readonly refusals: RefusalTable;
  readonly trustedProxies?: readonly string[] | undefined;
}

@Module({})
class ServiceRoot {}

@Global()
@Module({ controllers: [ProjectionsController], providers: [ProjectionHosts], exports: [ProjectionHosts] })
class ProjectionsModule {}

/** The HTTP application around the given modules, ready to listen. */
export async function createService(parts: ServiceRootParts): Promise<NestFastifyApplication> {
  const { logger, pool, publicRead, counters = [], modules, refusals, trustedProxies = [] } = parts;
  const cursors = signedCursors(await sharedSecret(pool, 'cursors'));
  const root: DynamicModule = {
    module: ServiceRoot,
    imports: [
      PlatformModule.with({ logger, cursors, counters }),
      AccessModule.with({ pool, publicRead }),
      CqrsModule.forRoot(),
      ProjectionsModule,
      ...modules,
    ],
  };
  return createHttpApp(root, { ...accessRefusals, ...refusals }, { trustedProxies });
}
