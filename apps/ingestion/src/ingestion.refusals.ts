import { type RefusalTable } from '#platform';

export const ingestionRefusals: RefusalTable = {
  unknown_statement: { status: 404, title: 'There is no such statement' },
  unknown_corridor: { status: 422, title: 'The corridor is not registered' },
  version_conflict: { status: 409, title: 'Somebody else changed it first' },
};
