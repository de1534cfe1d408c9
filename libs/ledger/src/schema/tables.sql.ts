import { ledgerReaderRole } from '../ledger.roles.ts';

export const createTables = `
  CREATE TABLE ledger.event (
    position       bigint      NOT NULL PRIMARY KEY,
    stream_id      text        NOT NULL,
    stream_version integer     NOT NULL,
    event_id       uuid        NOT NULL,
    type           text        NOT NULL,
    schema_version smallint    NOT NULL,
    payload        json,
    salt           bytea,
    payload_hash   bytea       NOT NULL,
    key            text        NOT NULL,
    valid_from     date,
    recorded_at    timestamptz NOT NULL,
    actor          text        NOT NULL,
    correlation_id text        NOT NULL,
    causation_id   text,
    traceparent    text,
    leaf_hash      bytea       NOT NULL
  ) PARTITION BY RANGE (position);
  COMMENT ON TABLE ledger.event IS
    'Everything that happened. Written by ledger.append alone; never changed and never removed, which a trigger '
    'and the roles'' rights ensure.';
  COMMENT ON COLUMN ledger.event.position IS
    '1, 2, 3 … without a gap, given in commit order under the lock on ledger.head: a reader that has seen n has '
    'seen everything up to n. The leaf of the Merkle tree has the index position - 1.';
  COMMENT ON COLUMN ledger.event.event_id IS
    'Given by the writer, so that repeating an append is known as one. Unique over all partitions: '
    'ledger.append looks under the lock, since an index can only watch its own partition.';
  COMMENT ON COLUMN ledger.event.schema_version IS
    'The version of the contract in libs/events that the payload was written with; older ones are lifted on reading.';
  COMMENT ON COLUMN ledger.event.payload IS
    'RFC 8785 text, byte for byte what payload_hash was taken over (hence json, which keeps it, and not jsonb). '
    'Null when the payload names persons: then it lies in ledger.erasable_payload.';
  COMMENT ON COLUMN ledger.event.salt IS
    'Hashed before the payload. Null when it lies beside an erasable payload, with which it has to vanish.';
  COMMENT ON COLUMN ledger.event.key IS
    'Events with the same key reach every consumer in order of position.';
  COMMENT ON COLUMN ledger.event.recorded_at IS
    'When we knew. Never goes back as positions rise, whatever the clock does: knownAt is mapped to a position by it.';
  COMMENT ON COLUMN ledger.event.leaf_hash IS
    'SHA-256 of 0x00 and the leaf (libs/proofs). Stored from the first event on, so that history is provable '
    'from its start.';

  CREATE TABLE ledger.head (
    singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    position    bigint  NOT NULL,
    recorded_at timestamptz
  );
  INSERT INTO ledger.head (position) VALUES (0);
  COMMENT ON TABLE ledger.head IS
    'The last position given. One row, so that its lock is the one order of all appends; not a sequence, since a '
    'sequence has holes after a crash and hands out numbers in another order than that of the commits.';

  CREATE TABLE ledger.erasable_payload (
    position bigint NOT NULL PRIMARY KEY,
    payload  json   NOT NULL,
    salt     bytea  NOT NULL
  );
  COMMENT ON TABLE ledger.erasable_payload IS
    'Payloads that name persons, with their salts. A redaction removes a row; the event keeps the salted hash, so '
    'every proof holds and the text cannot be guessed from it.';

  GRANT USAGE ON SCHEMA ledger TO ${ledgerReaderRole};
  GRANT SELECT ON ledger.event, ledger.head, ledger.erasable_payload TO ${ledgerReaderRole};
`;
