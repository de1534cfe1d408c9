import { transparencyRole } from '../transparency.roles.ts';

/** The tree over the ledger, as tiles, and everything that was ever signed about it. */
export const createLogTables = `
  CREATE TABLE transparency.tree (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    size      bigint NOT NULL CHECK (size >= 0)
  );
  INSERT INTO transparency.tree (size) VALUES (0);
  COMMENT ON TABLE transparency.tree IS
    'How many events of the ledger are in the tree. Growing it is guarded by the size that it had: of two instances '
    'that grow it at once one touches no row and leaves nothing behind.';

  CREATE TABLE transparency.tile (
    level  smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
    index  bigint   NOT NULL CHECK (index >= 0),
    hashes bytea    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, index)
  );
  -- Hashes do not compress; trying to would be most of the cost of writing them.
  ALTER TABLE transparency.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
  COMMENT ON TABLE transparency.tile IS
    'The tree in tiles of 256 hashes (C2SP tlog-tiles): level 0 holds leaf hashes, each level above the roots of the '
    'full tiles below. A tile is only added to, so its first n hashes are what it was when it had n.';

  CREATE TABLE transparency.signing_key (
    vkey       text PRIMARY KEY,
    from_size  bigint NOT NULL CHECK (from_size >= 0),
    until_size bigint CHECK (until_size >= from_size),
    added_at   timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
  );
  CREATE UNIQUE INDEX signing_key_current ON transparency.signing_key ((true)) WHERE until_size IS NULL;
  COMMENT ON TABLE transparency.signing_key IS
    'Every key that has signed checkpoints of this log, with the sizes it signed: from_size to until_size, both '
    'included; null for the one that signs now. The checkpoint at a hand-over is signed by both. The lock on the '
    'current row puts all signing in one order.';

  CREATE TABLE transparency.checkpoint (
    size         bigint      PRIMARY KEY CHECK (size > 0),
    root         bytea       NOT NULL CHECK (length(root) = 32),
    note         text        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE transparency.checkpoint IS
    'Every checkpoint that was ever published, as it was signed. None is dropped: when something turns out to be '
    'altered, the last one that still fits and the first that does not tell between which moments.';
  COMMENT ON COLUMN transparency.checkpoint.recorded_at IS 'Of the last event that it covers.';

  CREATE TABLE transparency.cosignature (
    size        bigint      NOT NULL REFERENCES transparency.checkpoint,
    vkey        text        NOT NULL,
    line        text        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (size, vkey)
  );
  COMMENT ON TABLE transparency.cosignature IS
    'Signature lines that came to a checkpoint after it was published: of witnesses, and of the key that takes over.';

  CREATE TABLE transparency.witness (
    vkey         text PRIMARY KEY,
    size         bigint NOT NULL DEFAULT 0,
    tried_at     timestamptz,
    cosigned_at  timestamptz,
    last_error   text
  );
  COMMENT ON COLUMN transparency.witness.size IS
    'The size that the witness last cosigned, as far as we know: where its next consistency proof begins. It tells '
    'the truth itself when this is wrong.';

  CREATE FUNCTION transparency.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege', HINT = 'What was published stays published.';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency.cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();

  GRANT USAGE ON SCHEMA transparency TO ${transparencyRole};
  GRANT SELECT, UPDATE ON transparency.tree TO ${transparencyRole};
  GRANT SELECT, INSERT, UPDATE ON transparency.tile, transparency.signing_key, transparency.witness TO ${transparencyRole};
  GRANT SELECT, INSERT ON transparency.checkpoint, transparency.cosignature TO ${transparencyRole};
`;

/** Who read what of the audit routes. */
export const createReadTable = `
  CREATE TABLE transparency.audit_read (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    reader     text        NOT NULL,
    route      text        NOT NULL,
    parameters json        NOT NULL,
    status     smallint    NOT NULL,
    trace_id   text
  );
  CREATE INDEX audit_read_by_age ON transparency.audit_read (at);
  COMMENT ON TABLE transparency.audit_read IS
    'Reads of the audit routes: who (the id of an API key, or anonymous), what, when, and with what outcome. Kept for '
    'AUDIT_READS_KEPT_DAYS. A row with the route "lost" says how many could not be written.';
  COMMENT ON COLUMN transparency.audit_read.status IS
    'Of the answer; 499 where the reader went before it was complete, 0 for "lost".';
  GRANT SELECT, INSERT, DELETE ON transparency.audit_read TO ${transparencyRole};
`;
