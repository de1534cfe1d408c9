export * from './access.migrations.ts';
export * from './access.module.ts';
export * from './access.refusals.ts';
export * from './api-keys.ts';
export * from './shared-secret.ts';
export { ACCESS_POOL, principalOf, PublicRead, RequireScope } from './scope.guard.ts';
