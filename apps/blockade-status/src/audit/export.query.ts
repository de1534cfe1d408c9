import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Bundle, BundleExport } from '#transparency';
import { UnknownCorridorError } from '../corridors/corridor.refusals.ts';
import { TooManyExportsError } from './audit.refusals.ts';

export interface ExportView {
  readonly fileName: string;
  readonly lines: AsyncIterable<string>;
}

export class AuditExport extends Query<ExportView> {
  constructor(
    readonly corridor: string | null,
    readonly from: number | null,
  ) {
    super();
  }
}

/** Each takes a connection now and then, and time for its proofs. */
const exportsMax = 4;

@QueryHandler(AuditExport)
export class AuditExportHandler implements IQueryHandler<AuditExport> {
  private running = 0;

  constructor(@Inject(BundleExport) private readonly bundles: BundleExport) {}

  async execute({ corridor, from }: AuditExport): Promise<ExportView> {
    if (this.running >= exportsMax) throw new TooManyExportsError(exportsMax);
    this.running += 1;
    try {
      const bundle = await this.bundles.begin(corridor, from);
      if (corridor !== null && bundle.eventCount === 0) throw new UnknownCorridorError(corridor);
      const fileName = `${corridor ?? 'ledger'}-${bundle.size}.bundle.ndjson`;
      return { fileName, lines: this.counted(bundle) };
    } catch (error) {
      this.running -= 1;
      throw error;
    }
  }

  private async *counted(bundle: Bundle): AsyncGenerator<string> {
    try {
      yield* bundle.lines;
    } finally {
      this.running -= 1;
    }
  }
}
