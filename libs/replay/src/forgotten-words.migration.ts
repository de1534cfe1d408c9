import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Replays leave words of statements behind: in the tables that a switch put aside, and in the differences that they found. */
export class ForgetWords1765000000001 implements MigrationInterface {
  readonly name = 'ForgetWords1765000000001';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE FUNCTION replay.forget_words() RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
      DECLARE
        v_schema text;
      BEGIN
        FOR v_schema IN SELECT schema_name FROM replay.replayable LOOP
          EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', v_schema || '_before');
        END LOOP;
        UPDATE replay.part AS p SET result = jsonb_set(p.result, '{differences}', (
          SELECT coalesce(jsonb_agg(CASE
            WHEN d ? 'columns' THEN jsonb_set(d, '{columns}', '[]')
            WHEN d ? 'field' THEN jsonb_set(d, '{field}', 'null') ELSE d END ORDER BY n), '[]')
          FROM jsonb_array_elements(p.result -> 'differences') WITH ORDINALITY AS difference (d, n)))
        WHERE p.result -> 'differences' <> '[]';
      END $$;
      COMMENT ON FUNCTION replay.forget_words() IS
        'For a redaction: drops the tables that a switch put aside, and keeps of differences only where they were.';
      REVOKE ALL ON FUNCTION replay.forget_words() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION replay.forget_words() TO corridor_watch_replay;
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP FUNCTION replay.forget_words()');
  }
}
