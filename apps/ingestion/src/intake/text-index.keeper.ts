import { type RecordedEvent } from '#events';
import { type Ledger } from '#ledger';
import { type Tx } from './text-index.ts';
import { index, type IndexEvent, type Preparation } from './text-index.writer.ts';

const indexed = [
  'StatementReceived',
  'StatementSuperseded',
  'StatementRetracted',
  'StatementRedacted',
] as const;
/** Few, as each text may have 1 MiB. */
const pageSize = 64;

export interface IndexReach {
  /** Every text of the ledger up to this position is in the index. */
  readonly through: number;
  /** Nothing was left when the ledger was read. */
  readonly isCaughtUp: boolean;
}

/** Locks the index until the end of the transaction, and takes the next page of the ledger into it. */
export async function catchUp(tx: Tx, ledger: Ledger): Promise<IndexReach> {
  // It can be read from the ledger again, so nobody needs to wait until it is on disk.
  const { rows } = await tx.query<{ position: string }>({
    name: 'lock-text-index/1',
    text: `SELECT position, set_config('synchronous_commit', 'off', true) FROM ingestion.text_index FOR UPDATE`,
  });
  const reached = Number(rows[0]?.position ?? 0);
  const { position: head } = await ledger.head();
  if (head <= reached) return { through: reached, isCaughtUp: true };
  const page = await ledger.read({
    after: reached,
    through: head,
    limit: pageSize,
    types: indexed,
  });
  await index(tx, page.filter(isIndexEvent));
  const isCaughtUp = page.length < pageSize;
  const through = isCaughtUp ? head : (page.at(-1)?.position ?? head);
  await reach(tx, through);
  return { through, isCaughtUp };
}

/** Takes into the index what its holder has just appended. */
export async function keep(
  tx: Tx,
  through: number,
  appended: readonly RecordedEvent[],
  prepared?: ReadonlyMap<string, Preparation>,
): Promise<void> {
  await index(tx, appended.filter(isIndexEvent), prepared);
  // Where others have written in between, it cannot be told what; the next one reads from there.
  let position = through;
  for (const event of [...appended].sort((one, other) => one.position - other.position)) {
    if (event.position === position + 1) position += 1;
  }
  if (position > through) await reach(tx, position);
}

async function reach(tx: Tx, position: number): Promise<void> {
  await tx.query('UPDATE ingestion.text_index SET position = $1', [position]);
}

function isIndexEvent(event: RecordedEvent): event is IndexEvent {
  return indexed.some((type) => type === event.type);
}
