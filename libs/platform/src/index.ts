export * from './migrate.ts';
export * from './database-pool.ts';
export * from './service-role.ts';
