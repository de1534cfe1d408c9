import { Body, Controller, Delete, Get, HttpCode, Module, Post } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Pool } from 'pg';
import { accessRole, issueKey, PublicRead, RequireScope, type Scope } from '#access';
import { createLogger, openPool, startTracing } from '#platform';
import { createService } from '#service';
import { freshDatabase } from '../../../test/harness/database.ts';

/** What the routes of the test do, as each test wants it. */
export class Workshop {
  madeCount = 0;
  make: () => Promise<void> = () => Promise.resolve();
}

const workshop = new Workshop();

@Controller('things')
class ThingsController {
  @Get()
  @PublicRead()
  list() {
    return { items: [], next: null };
  }

  @Post()
  @RequireScope('statements:write')
  async make(@Body() body: unknown) {
    workshop.madeCount += 1;
    const number = workshop.madeCount;
    await workshop.make();
    return { number, body, secret: `whsec_${number}` };
  }

  @Delete()
  @RequireScope('corridors:write')
  @HttpCode(204)
  clear(): void {
    workshop.madeCount += 1;
  }
}

@Module({})
class Things {}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface AccessScene {
  readonly pool: Pool;
  readonly workshop: Workshop;
  issue(...scopes: readonly Scope[]): Promise<{ id: string; key: string }>;
  send(method: 'GET' | 'POST' | 'DELETE', more?: Sending): Promise<Answer>;
  close(): Promise<void>;
}

export interface Sending {
  readonly authorization?: string;
  readonly idempotencyKey?: string;
  readonly body?: object;
}

export async function accessScene({ publicRead = true } = {}): Promise<AccessScene> {
  startTracing();
  const database = await freshDatabase();
  const pool = openPool({
    databaseUrl: database.url,
    role: accessRole,
    applicationName: 'access test',
    connectionsMax: 5,
  });
  const app: NestFastifyApplication = await createService({
    logger: createLogger('access test', 'silent'),
    pool,
    publicRead,
    modules: [{ module: Things, controllers: [ThingsController] }],
    refusals: {},
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    pool,
    workshop,
    issue: (...scopes) => issueKey(pool, 'test', scopes),
    send: async (method, { authorization, idempotencyKey, body } = {}) => {
      const answer = await app.inject({
        method,
        url: '/things',
        headers: {
          ...(authorization !== undefined && { authorization }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        ...(body !== undefined && { payload: body }),
      });
      const text = answer.body;
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: text && (JSON.parse(text) as unknown),
      };
    },
    close: async () => {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}
