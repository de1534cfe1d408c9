import { type Pool } from 'pg';
import { type RecordedEvent } from '#events';
import { type Cause, type Ledger } from '#ledger';
import { inTransaction, type Logger } from '#platform';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { statementDecider } from '../statements/statement.decider.ts';
import { placeGroup, type Arriving, type Placed } from './intake-group.ts';
import { catchUp, keep } from './text-index.keeper.ts';
import { unfinishedRevisions, type Tx } from './text-index.ts';

/** What the ledger holds of a text, from now or from before. */
export interface Recorded {
  readonly statementId: string;
  readonly history: readonly RecordedEvent[];
  readonly isNew: boolean;
}

type Settled = PromiseSettledResult<Recorded & { readonly appended: readonly RecordedEvent[] }>;

/**
 * Compares texts with those before them and records them, one group at a time in all processes: the index stays locked
 * from the first look until the group is in the ledger. So two copies or two corrections that come at once see each
 * other, whichever instance they come to.
 *
 * The ledger is the truth and the index a reading of it, which is first brought up to the ledger's head. So a process
 * that dies between the two, or a ledger older than the index, needs no repair.
 */
export class IntakeRecorder {
  constructor(
    private readonly pool: Pool,
    private readonly ledger: Ledger,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** One result for each, in their order; never rejects. No two of the group may share a wording or a page. */
  async record(group: readonly Arriving[]): Promise<readonly PromiseSettledResult<Recorded>[]> {
    let settled: readonly Settled[] | undefined;
    try {
      await this.withIndex(async (tx, through) => {
        const placed = await placeGroup(tx, group);
        settled = await Promise.allSettled(placed.map((each) => this.recordOne(each)));
        const prepared = new Map(placed.map(({ place, arriving }) => [place.statementId, arriving]));
        await keep(tx, through, settled.flatMap(appendedIn), prepared);
      });
      return settled ?? [];
    } catch (error) {
      if (settled === undefined) return group.map(() => ({ status: 'rejected', reason: error }));
      // They are in the ledger, and the next group reads them from there.
      this.log.warn({ err: error }, 'the index of texts was not written; it will be read from the ledger');
      return settled;
    }
  }

  /** Brings the index up to the ledger's head, and finishes corrections that another process left half recorded. */
  async open(): Promise<void> {
    await this.withIndex(async (tx, through) => {
      const cause = { actor: 'intake', correlationId: 'intake', causationId: null, traceparent: null };
      const appended: RecordedEvent[] = [];
      for (const { statementId, revises } of await unfinishedRevisions(tx)) {
        appended.push(...(await this.supersede(revises, statementId, cause)));
      }
      await keep(tx, through, appended);
    });
  }

  private async withIndex(work: (tx: Tx, through: number) => Promise<void>): Promise<void> {
    for (let isDone = false; !isDone;) {
      isDone = await inTransaction(this.pool, async (tx) => {
        const { through, isCaughtUp } = await catchUp(tx, this.ledger);
        if (isCaughtUp) await work(tx, through);
        return isCaughtUp;
      });
    }
  }

  private async recordOne({ arriving, place, cluster }: Placed) {
    const { statementId } = place;
    const { cause } = arriving;
    if (place.kind === 'known') {
      const history = await this.ledger.readStream(`statement-${statementId}`);
      return { statementId, history, isNew: false, appended: await this.finish(history, statementId, cause) };
    }
    const { history, appended } = await decideAndAppend(
      this.ledger,
      statementDecider,
      `statement-${statementId}`,
      arriving.commandFor(place, cluster),
      cause,
      { known: [] },
    );
    const finished = await this.finish(history, statementId, cause);
    return { statementId, history, isNew: appended.length > 0, appended: [...appended, ...finished] };
  }

  /** A correction is two appends; whoever comes with its text again makes sure of the second. */
  private async finish(history: readonly RecordedEvent[], statementId: string, cause: Cause) {
    const received = history.find((event) => event.type === 'StatementReceived');
    const revises = received?.payload.revises ?? null;
    return revises === null ? [] : this.supersede(revises, statementId, cause);
  }

  private async supersede(statementId: string, supersededBy: string, cause: Cause) {
    const { appended } = await decideAndAppend(
      this.ledger,
      statementDecider,
      `statement-${statementId}`,
      { kind: 'supersede', statementId, supersededBy },
      cause,
    );
    return appended;
  }
}

function appendedIn(settled: Settled): readonly RecordedEvent[] {
  return settled.status === 'fulfilled' ? settled.value.appended : [];
}
