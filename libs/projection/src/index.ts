export * from './projector.ts';
export * from './projection.tables.ts';
export * from './projection.runner.ts';
export * from './projection.writer.ts';
export { closeDoor } from './projection.door.ts';
export * from './failure-kind.ts';
