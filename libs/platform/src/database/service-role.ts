import { type QueryRunner } from 'typeorm';

/**
 * Makes the role that a service's connections run as, where it is missing. Roles belong to the cluster, so another
 * database of the same cluster may have made it first.
 */
export async function ensureRole(migration: QueryRunner, role: string): Promise<void> {
  await migration.query(`
    DO $$ BEGIN
      CREATE ROLE ${role} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
  await migration.query(`GRANT ${role} TO CURRENT_USER`);
}
