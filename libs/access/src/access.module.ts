import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { type Pool } from 'pg';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';
import { ACCESS_POOL, PUBLIC_READ, ScopeGuard } from './scope.guard.ts';

/** Keys, scopes and idempotency for every route of the process. */
@Global()
@Module({})
export class AccessModule {
  static with({ pool, publicRead }: { pool: Pool; publicRead: boolean }): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        { provide: ACCESS_POOL, useValue: pool },
        { provide: PUBLIC_READ, useValue: publicRead },
        { provide: APP_GUARD, useClass: ScopeGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [ACCESS_POOL],
    };
  }
}
