import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { createRebuildFunctions, dropRebuildFunctions } from '#replay';
import { ingestionRole } from '../ingestion.role.ts';

export class AddReplay1764900000000 implements MigrationInterface {
  readonly name = 'AddReplay1764900000000';

  async up(migration: QueryRunner): Promise<void> {
    await createRebuildFunctions(migration, 'ingestion', ingestionRole);
  }

  async down(migration: QueryRunner): Promise<void> {
    await dropRebuildFunctions(migration, 'ingestion');
  }
}
