import { type Tx } from './projector.ts';

// "cw" in ASCII, and what the lock is for.
const lockClass = 0x63_77_00_02;

/**
 * What a projection's transaction begins with: it holds the door of its schema open. Whoever replaces the tables closes
 * it first, so that all who write have committed and none begins meanwhile; as it is the first lock that either takes,
 * neither waits for the other with anything in hand.
 */
export function beginInside(schema: string): string {
  return `BEGIN; SELECT pg_advisory_xact_lock_shared(${lockClass}, hashtext('${schema}'))`;
}

/** Until the transaction ends no projection writes to the schema. MUST be the first lock of the transaction. */
export async function closeDoor(tx: Tx, schema: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${lockClass}, hashtext($1))`, [schema]);
}
