import { gunzipSync } from 'node:zlib';
import { type Pool } from 'pg';

/**
 * Every place of the database where one of the words is to be read: in any column of any table, in bytes too, and in
 * bytes that were packed.
 * @param owner a superuser, since some tables are nobody else's to read
 * @returns as in "word in schema.table.column"
 */
export async function placesWithWords(owner: Pool, words: readonly string[]): Promise<readonly string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found = new Set<string>();
  for (const { name } of tables) {
    const { rows } = await owner.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const texts = textsOf(value);
        for (const word of words)
          if (texts.some((text) => text.includes(word.toLowerCase())))
            found.add(`${word} in ${name}.${column}`);
      }
    }
  }
  return [...found];
}

function textsOf(value: unknown): readonly string[] {
  const texts = Buffer.isBuffer(value) ? [value.toString('utf8'), unpacked(value)] : [JSON.stringify(value)];
  return texts.map((text) => text.toLowerCase());
}

function unpacked(bytes: Buffer): string {
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    return '';
  }
}
