import { type Pool, type PoolClient } from 'pg';

/**
 * Commits what the work did, or leaves nothing of it. The connection is the argument, never ambient.
 * @param begin what the transaction begins with, in one round trip
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<Result>,
  begin = 'BEGIN',
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two statements; the next statement tells, but an unheard event ends the process.
  const onBreak = (error: Error): void => {
    broken = error;
  };
  client.on('error', onBreak);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    });
    throw error;
  } finally {
    client.off('error', onBreak);
    // A connection that could not even roll back must not go back into the pool.
    client.release(broken);
  }
}
