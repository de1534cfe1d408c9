export * from './service.settings.ts';
export * from './projection-host.ts';
export * from './service-root.ts';
