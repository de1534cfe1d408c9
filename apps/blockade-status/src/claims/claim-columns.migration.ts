import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What lists of claims are filtered and ranked by stands beside the JSON: to parse it for each row took seconds. */
export class AddClaimColumns1764200000000 implements MigrationInterface {
  readonly name = 'AddClaimColumns1764200000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      ALTER TABLE blockade_status.claim
        ADD COLUMN status text,
        ADD COLUMN presupposed boolean NOT NULL DEFAULT false,
        ADD COLUMN modality text NOT NULL DEFAULT 'asserted',
        ADD COLUMN valid_from date,
        ADD COLUMN effect text,
        ADD COLUMN flows text[] NOT NULL DEFAULT '{}',
        ADD COLUMN publisher text NOT NULL DEFAULT '',
        ADD COLUMN cluster uuid;
      UPDATE blockade_status.claim SET
        status = claim ->> 'status',
        presupposed = coalesce((claim ->> 'presupposed')::boolean, false),
        modality = coalesce(claim ->> 'modality', 'asserted'),
        valid_from = (claim ->> 'validFrom')::date,
        effect = claim ->> 'effect',
        flows = ARRAY(SELECT json_array_elements_text(coalesce(claim -> 'flows', '[]'))),
        publisher = coalesce(claim ->> 'publisher', ''),
        cluster = (claim ->> 'cluster')::uuid;
      COMMENT ON COLUMN blockade_status.claim.valid_from IS
        'The day that the claim speaks of where it names one; it counts for its local day of publication otherwise.';
      COMMENT ON COLUMN blockade_status.claim.flows IS 'Empty where it speaks of the way as a whole.';

      CREATE INDEX claim_by_speaker ON blockade_status.claim
        (corridor, speaker, type, published_at DESC, claim_id)
        INCLUDE (position, until_position, modality, presupposed);
      COMMENT ON INDEX blockade_status.claim_by_speaker IS
        'Holds all that the positions of speakers are found and counted by, so that no row is read but those shown.';
      CREATE INDEX claim_by_type ON blockade_status.claim (corridor, type, published_at);
      CREATE INDEX claim_by_cluster ON blockade_status.claim (corridor, cluster);
      CREATE INDEX claim_announced ON blockade_status.claim (corridor, published_at)
        WHERE type = 'commitment' OR type = 'status' AND modality <> 'asserted';
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP INDEX blockade_status.claim_by_speaker, blockade_status.claim_by_type, blockade_status.claim_by_cluster,
        blockade_status.claim_announced;
      ALTER TABLE blockade_status.claim
        DROP COLUMN status,
        DROP COLUMN presupposed,
        DROP COLUMN modality,
        DROP COLUMN valid_from,
        DROP COLUMN effect,
        DROP COLUMN flows,
        DROP COLUMN publisher,
        DROP COLUMN cluster;
    `);
  }
}
