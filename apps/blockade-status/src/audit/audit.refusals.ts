import { type RefusalTable } from '#platform';

export class TooManyExportsError extends Error {
  readonly code = 'too_many_exports';
  constructor(max: number) {
    super(`${max} bundles are being exported already; repeat this one when one of them is done.`);
  }
}

export const auditRefusals: RefusalTable = {
  not_published_yet: { status: 409, title: 'No signed checkpoint covers the event yet' },
  no_checkpoint_yet: { status: 404, title: 'There is no such checkpoint yet' },
  no_such_position: { status: 404, title: 'The ledger is not that long' },
  beyond_checkpoint: { status: 404, title: 'The tree that is published is not that large' },
  bad_tile_path: { status: 400, title: 'This is not the path of a tile' },
  no_such_tile: { status: 404, title: 'The tree that is published has no such tile' },
  too_many_exports: { status: 503, title: 'Too many bundles are being exported' },
};
