import { type ClientBase } from 'pg';
import { type Checkpoint, GrowingTree, openTrusted, ProofError, type TrustFile } from '#proofs';
import { faultWithin, type LedgerFault } from './ledger-fault.ts';

/** A checkpoint that whoever checks has kept from before, out of the operator's reach. */
export interface SavedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** As it was signed. */
  readonly note: string;
}

/** Two heads of one log, both signed, of which one does not extend the other. */
export interface Fork {
  readonly saved: string;
  readonly found: string;
}

interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
}

const pageSize = 1_000;

/** Grows the tree from the events, and holds its root against everything that was ever signed. */
export class CheckpointCheck {
  readonly tree = new GrowingTree();
  private readonly found: LedgerFault[] = [];
  private waiting: StoredCheckpoint[] = [];
  private readThrough = 0;
  private good: StoredCheckpoint | null = null;
  private latest: StoredCheckpoint | null = null;
  private count = 0;
  fork: Fork | null = null;

  constructor(
    private readonly client: ClientBase,
    private readonly trust: TrustFile,
    private readonly saved: SavedCheckpoint | null,
  ) {}

  get checkpointCount(): number {
    return this.count;
  }

  /** The largest size that was signed and fits; 0 where none is. */
  get signedSize(): number {
    return this.good?.size ?? 0;
  }

  /** The signed note of that size. */
  get head(): string | null {
    return this.good?.note ?? null;
  }

  async take(leafHash: Uint8Array): Promise<void> {
    this.tree.append(leafHash);
    const { size } = this.tree;
    const next = await this.next();
    if (next?.size === size) this.compare(this.waiting.shift() ?? next);
    if (this.saved?.checkpoint.size === size && !this.tree.root().equals(this.saved.checkpoint.root))
      this.forked('history_rewritten', this.saved);
  }

  /** @param last the position of the last event */
  async faults(last: number): Promise<readonly LedgerFault[]> {
    for (let next = await this.next(); next !== null; next = await this.next()) {
      this.waiting.shift();
      this.count += 1;
      this.latest = next;
      if (next.size > last)
        this.found.push(
          faultWithin(
            'history_cut_off',
            this.signedSize + 1,
            next.size,
            'was signed, and is not there as a whole',
          ),
        );
    }
    if (this.saved !== null && this.saved.checkpoint.size > last) this.forked('history_cut_off', this.saved);
    return this.found;
  }

  private compare({ size, root, note }: StoredCheckpoint): void {
    this.count += 1;
    this.latest = { size, root, note };
    const fault = this.forgery({ size, root, note });
    if (fault !== null) this.found.push(fault);
    else if (this.tree.root().equals(root)) this.good = { size, root, note };
    // After the first that does not fit none will.
    else if (!this.found.some(({ code }) => code === 'history_rewritten'))
      this.found.push(
        faultWithin(
          'history_rewritten',
          this.signedSize + 1,
          size,
          'the events are not those that were signed',
        ),
      );
  }

  private forgery({ size, root, note }: StoredCheckpoint): LedgerFault | null {
    try {
      const { checkpoint } = openTrusted(note, this.trust);
      if (checkpoint.size === size && root.equals(checkpoint.root)) return null;
      return faultWithin(
        'checkpoint_forged',
        size,
        size,
        'the checkpoint is stored under another size or root',
      );
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      return faultWithin('checkpoint_forged', size, size, `the checkpoint does not hold: ${error.message}`);
    }
  }

  /** What was signed since may be of the same hand, so it does not tell where between. */
  private forked(code: 'history_rewritten' | 'history_cut_off', { checkpoint, note }: SavedCheckpoint): void {
    const what = 'the events are not those that the checkpoint which you kept was signed for';
    this.found.push(faultWithin(code, 1, checkpoint.size, what));
    this.fork = { saved: note, found: this.latest?.note ?? '' };
  }

  private async next(): Promise<StoredCheckpoint | null> {
    if (this.waiting.length === 0 && this.readThrough !== Infinity) {
      const { rows } = await this.client.query<{ size: string; root: Buffer; note: string }>({
        name: 'ledger-check-checkpoints',
        text: 'SELECT size, root, note FROM transparency.checkpoint WHERE size > $1 ORDER BY size LIMIT $2',
        values: [this.readThrough, pageSize],
      });
      this.waiting = rows.map(({ size, root, note }) => ({ size: Number(size), root, note }));
      this.readThrough = rows.length < pageSize ? Infinity : Number(rows.at(-1)?.size);
    }
    return this.waiting[0] ?? null;
  }
}
