export * from './service.settings.ts';
export { ProjectionHost } from './projection-host.ts';
export { ProjectionHosts } from './projection-hosts.ts';
export * from './service-root.ts';
export * from './relay-host.ts';
export * from './service-foundation.ts';
export * from './feed-counter.ts';
export * from './command-database.config.ts';
export * from './command-database.ts';
