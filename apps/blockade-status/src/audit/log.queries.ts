import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { base64Of, parseTilePath } from '#proofs';
import { LogReader, NoCheckpointYetError, type ConsistencyProof } from '#transparency';
import { AuditLogStateHandler } from './log-state.query.ts';

/** Answers the signed note. */
export class AuditCheckpoint extends Query<string> {
  constructor(readonly witnessCount: number) {
    super();
  }
}

@QueryHandler(AuditCheckpoint)
export class AuditCheckpointHandler implements IQueryHandler<AuditCheckpoint> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute({ witnessCount }: AuditCheckpoint): Promise<string> {
    return (await this.log.checkpoint(witnessCount)).note;
  }
}

/** Answers a proof file. */
export class AuditProof extends Query<string> {
  constructor(readonly position: number) {
    super();
  }
}

@QueryHandler(AuditProof)
export class AuditProofHandler implements IQueryHandler<AuditProof> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  execute({ position }: AuditProof): Promise<string> {
    return this.log.proofFile(position);
  }
}

interface HeadView {
  readonly size: number;
  readonly root: string;
}

export interface ConsistencyView {
  readonly from: HeadView;
  readonly to: HeadView;
  /** Base64, in the order of RFC 6962. */
  readonly proof: readonly string[];
}

export class AuditConsistency extends Query<ConsistencyView> {
  constructor(
    readonly from: number,
    readonly to: number | undefined,
  ) {
    super();
  }
}

@QueryHandler(AuditConsistency)
export class AuditConsistencyHandler implements IQueryHandler<AuditConsistency> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute({ from, to }: AuditConsistency): Promise<ConsistencyView> {
    const found = await this.log.consistency(from, to);
    return {
      from: headView(found.from),
      to: headView(found.to),
      proof: found.proof.map((hash) => base64Of(hash)),
    };
  }
}

function headView({ size, root }: ConsistencyProof['from']): HeadView {
  return { size, root: base64Of(root) };
}

export class AuditTile extends Query<Buffer> {
  /** @param path from `tile/` on */
  constructor(readonly path: string) {
    super();
  }
}

@QueryHandler(AuditTile)
export class AuditTileHandler implements IQueryHandler<AuditTile> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  execute({ path }: AuditTile): Promise<Buffer> {
    return this.log.tile(parseTilePath(path));
  }
}

/** Answers the vkey that signs now. */
export class AuditKey extends Query<string> {}

@QueryHandler(AuditKey)
export class AuditKeyHandler implements IQueryHandler<AuditKey> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute(): Promise<string> {
    const vkey = (await this.log.keys()).at(-1)?.vkey;
    if (vkey === undefined) throw new NoCheckpointYetError(0);
    return `${vkey}\n`;
  }
}

/** Answers a trust file: all keys with the sizes that they signed, and the witnesses. */
export class AuditKeys extends Query<string> {}

@QueryHandler(AuditKeys)
export class AuditKeysHandler implements IQueryHandler<AuditKeys> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  execute(): Promise<string> {
    return this.log.trustFile();
  }
}

export const logQueryHandlers = [
  AuditCheckpointHandler,
  AuditConsistencyHandler,
  AuditKeyHandler,
  AuditKeysHandler,
  AuditLogStateHandler,
  AuditProofHandler,
  AuditTileHandler,
];
