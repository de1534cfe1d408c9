export * from './projector.ts';
export * from './projection.tables.ts';
export * from './projection.runner.ts';
export * from './failure-kind.ts';
