import { type Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { Registry as MetricsRegistry } from 'prom-client';
import { addressGuard, dnsResolver, type AddressGuard } from '#address-guard';
import { type Feed } from '#feed';
import { politeFetchers, ReadingRoom } from '#harvest';
import { type Ledger } from '#ledger';
import { HealthRegistry, LOGGER, type Logger } from '#platform';
import { ProjectionHosts } from '#service';
import { SOURCE_GUARD, SOURCES_PROJECTION } from '../ingestion.tokens.ts';
import { PollSourceHandler } from './poll-source.command.ts';
import { RegisterSourceHandler } from './register-source.command.ts';
import { RemoveSourceHandler } from './remove-source.command.ts';
import { type SourceOptions } from './source.config.ts';
import { SourceHost, turnCounter } from './source.host.ts';
import { type SourceLease } from './source.lease.ts';
import { SourcePoller } from './source.poller.ts';
import { type SourceTurnParts, takeTurn } from './source.turn.ts';
import { sourcesProjector } from './sources.projector.ts';
import { SourceByIdHandler, SourceListHandler } from './sources.query.ts';

export interface SourceRoomParts {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly feed: Feed;
  readonly options: SourceOptions;
}

/** Beyond it a server sends no more of a page whose text is not wanted. */
const presenceBytesMax = 1_000;

/** What the room brings into the module of its app. */
export function sourceProviders({ pool, ledger, feed, options }: SourceRoomParts): Provider[] {
  const room = new ReadingRoom(options.readingRoom);
  return [
    { provide: SOURCE_GUARD, useValue: addressGuard(options.targets, dnsResolver(options.resolver)) },
    {
      provide: SourcePoller,
      inject: [SOURCE_GUARD, CommandBus, LOGGER, MetricsRegistry],
      useFactory: (guard: AddressGuard, commands: CommandBus, logger: Logger, metrics: MetricsRegistry) => {
        const parts = turnParts({ pool, ledger, feed, options }, room, guard, commands);
        return new SourcePoller({
          pool,
          logger,
          settings: options.poller,
          takeTurn: (lease: SourceLease, stop: AbortSignal) => takeTurn(lease, parts, stop),
          onTurn: turnCounter(metrics),
        });
      },
    },
    {
      provide: SourceHost,
      inject: [SourcePoller, HealthRegistry, MetricsRegistry],
      useFactory: (poller: SourcePoller, health: HealthRegistry, metrics: MetricsRegistry) =>
        new SourceHost({ pool, poller, room, polling: options.polling }, health, metrics),
    },
    {
      provide: SOURCES_PROJECTION,
      inject: [ProjectionHosts],
      useFactory: (hosts: ProjectionHosts) =>
        hosts.add({ projector: sourcesProjector, feed, pool, ledger, schema: 'ingestion' }),
    },
    PollSourceHandler,
    RegisterSourceHandler,
    RemoveSourceHandler,
    SourceByIdHandler,
    SourceListHandler,
  ];
}

function turnParts(
  { pool, ledger, options }: SourceRoomParts,
  room: ReadingRoom,
  guard: AddressGuard,
  commands: CommandBus,
): SourceTurnParts {
  const { userAgent, politeness, pageLimits } = options;
  const fetchers = politeFetchers(politeness, options.feedLimits, { guard, userAgent });
  return {
    pool,
    ledger,
    room,
    receive: (command) => commands.execute(command),
    fetchFeed: fetchers({}),
    fetchPage: fetchers(pageLimits),
    fetchPresence: fetchers({ ...pageLimits, bodyBytesMax: presenceBytesMax, overflow: 'cut' }),
    now: Date.now,
    leaseMs: options.poller.leaseMs,
    turnMs: options.turnMs,
    pagesMax: options.pagesMax,
  };
}
