export { replayMigrations, replayRole } from './replay.migrations.ts';
export { createRebuildFunctions, dropRebuildFunctions } from './rebuild.functions.ts';
export type { FurtherComparison, Replayable, ReplayedTable } from './replayable.ts';
export { type ColumnDifference, columnDifference, type Difference } from './difference.ts';
export { type TableResult } from './table.comparison.ts';
export { ReplayHost, type ReplayHostParts } from './replay.host.ts';
export {
  cancelReplay,
  registerReplayable,
  type ReplayRequest,
  requestReplay,
  runUnderWay,
} from './replay.request.ts';
export * from './replay.refusals.ts';
export { listReplays, readReplay, type ReplayView } from './replay.view.ts';
