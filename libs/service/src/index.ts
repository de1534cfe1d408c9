export * from './service.settings.ts';
export * from './projection-host.ts';
export * from './service-root.ts';
export * from './relay-host.ts';
export * from './service-foundation.ts';
