import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ingestionRole } from '../ingestion.role.ts';

export class AddRecodingRuns1764500000000 implements MigrationInterface {
  readonly name = 'AddRecodingRuns1764500000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.recoding_run (
        run_id         uuid PRIMARY KEY,
        coder          text NOT NULL,
        coder_data     text NOT NULL,
        corridors_hash text NOT NULL,
        corridor       text,
        after          bigint NOT NULL,
        through        bigint NOT NULL,
        position       bigint NOT NULL,
        counts         jsonb NOT NULL,
        started_at     timestamptz NOT NULL DEFAULT now(),
        finished_at    timestamptz
      );
      COMMENT ON TABLE ingestion.recoding_run IS
        'How far each re-coding is, so that one that was killed is taken up again. Not derived from the ledger, and '
        'not needed: a run that begins anew appends nothing for what is done.';
      COMMENT ON COLUMN ingestion.recoding_run.position IS 'Statements up to this ledger position are done.';
      COMMENT ON COLUMN ingestion.recoding_run.corridors_hash IS
        'Of the corridors as they were registered: with others the run begins anew.';
      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.recoding_run TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE ingestion.recoding_run');
  }
}
