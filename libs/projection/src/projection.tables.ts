import { type QueryRunner } from 'typeorm';

/** Creates the tables of the runner in a service's schema; called from the service's own migration. */
export async function createProjectionTables(migration: QueryRunner, schema: string): Promise<void> {
  await migration.query(`
    CREATE TABLE ${schema}.checkpoint (
      projector text NOT NULL,
      lane      int NOT NULL,
      position  bigint NOT NULL,
      epoch     bigint NOT NULL,
      PRIMARY KEY (projector, lane)
    );
    COMMENT ON COLUMN ${schema}.checkpoint.epoch IS
      'Rises with every take-over; a transaction that moves the position must still find its own epoch, else it is fenced.';

    CREATE TABLE ${schema}.parked_key (
      projector text NOT NULL,
      key       text NOT NULL,
      reason    text NOT NULL,
      parked_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (projector, key)
    );
    COMMENT ON TABLE ${schema}.parked_key IS
      'A key whose event could not be applied: its events wait here, those of other keys go on.';

    CREATE TABLE ${schema}.parked_event (
      projector text NOT NULL,
      key       text NOT NULL,
      position  bigint NOT NULL,
      PRIMARY KEY (projector, key, position),
      FOREIGN KEY (projector, key) REFERENCES ${schema}.parked_key ON DELETE CASCADE
    );
  `);
}

export async function dropProjectionTables(migration: QueryRunner, schema: string): Promise<void> {
  await migration.query(`DROP TABLE ${schema}.parked_event, ${schema}.parked_key, ${schema}.checkpoint`);
}
