import { ledgerEraserRole, ledgerReaderRole } from '../ledger.roles.ts';

/**
 * The only way in which anything of the ledger vanishes: what a recorded event names, in exchange for what it names.
 * Nobody needs the right to delete for it, and nothing vanishes without leaving its event.
 */
export const createRedaction = `
  CREATE TABLE ledger.redacted_payload (
    position       bigint   NOT NULL PRIMARY KEY,
    schema_version smallint NOT NULL,
    payload        json     NOT NULL,
    erased_by      bigint   NOT NULL
  );
  COMMENT ON TABLE ledger.redacted_payload IS
    'Stubs: what readers get in the place of payloads that were erased. Of the same contract, without the words.';
  COMMENT ON COLUMN ledger.redacted_payload.schema_version IS
    'The version of the contract that the stub is written in; that of the event is the erased payload''s.';
  COMMENT ON COLUMN ledger.redacted_payload.erased_by IS
    'The position of the PayloadsErased event that holds the stub''s SHA-256.';

  CREATE VIEW ledger.held_payload AS
    SELECT position, payload FROM ledger.erasable_payload
    UNION ALL SELECT position, payload FROM ledger.redacted_payload;
  COMMENT ON VIEW ledger.held_payload IS
    'The erasable payloads as they can be read now: themselves, or the stubs in their place.';

  CREATE FUNCTION ledger.refuse_vanishing() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM ledger.redacted_payload r WHERE r.position = OLD.position) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'the payload at position % has no stub: DELETE is refused', OLD.position
      USING ERRCODE = 'insufficient_privilege', HINT = 'ledger.erase removes what a PayloadsErased event names.';
  END $$;
  CREATE TRIGGER only_redacted BEFORE DELETE ON ledger.erasable_payload
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_vanishing();
  CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON ledger.redacted_payload
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

  CREATE FUNCTION ledger.erase(p_position bigint, p_stubs text[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
  AS $$
  DECLARE
    v_type text;
    v_payload json;
    v_positions bigint[];
    v_versions smallint[];
    v_hashes bytea[];
    v_wrong bigint;
  BEGIN
    SELECT e.type, e.payload INTO v_type, v_payload FROM ledger.event e WHERE e.position = p_position;
    IF v_type IS DISTINCT FROM 'PayloadsErased' THEN
      RAISE EXCEPTION 'position % holds no PayloadsErased event', p_position USING ERRCODE = 'check_violation';
    END IF;
    IF json_array_length(v_payload -> 'replaced') IS DISTINCT FROM cardinality(p_stubs) THEN
      RAISE EXCEPTION 'the event at position % replaces % payloads, not %', p_position,
        json_array_length(v_payload -> 'replaced'), cardinality(p_stubs) USING ERRCODE = 'check_violation';
    END IF;
    SELECT array_agg((r.item ->> 'position')::bigint ORDER BY r.n),
           array_agg((r.item ->> 'schemaVersion')::smallint ORDER BY r.n),
           array_agg(decode(r.item ->> 'stubSha256', 'hex') ORDER BY r.n)
      INTO v_positions, v_versions, v_hashes
      FROM json_array_elements(v_payload -> 'replaced') WITH ORDINALITY AS r (item, n);
    SELECT s.position INTO v_wrong FROM unnest(v_positions, p_stubs, v_hashes) AS s (position, stub, hash)
      WHERE sha256(convert_to(s.stub, 'UTF8')) IS DISTINCT FROM s.hash LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'the stub for position % is not the one that was recorded', v_wrong
        USING ERRCODE = 'check_violation';
    END IF;
    SELECT s.position INTO v_wrong FROM unnest(v_positions) AS s (position)
      WHERE s.position >= p_position OR NOT EXISTS (
        SELECT 1 FROM ledger.event e WHERE e.position = s.position AND e.payload IS NULL)
      LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'the payload at position % cannot be erased', v_wrong USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO ledger.redacted_payload AS known (position, schema_version, payload, erased_by)
      SELECT s.position, s.version, s.stub::json, p_position
      FROM unnest(v_positions, v_versions, p_stubs) AS s (position, version, stub) ORDER BY s.position
      ON CONFLICT (position) DO UPDATE SET schema_version = excluded.schema_version, payload = excluded.payload,
        erased_by = excluded.erased_by WHERE known.erased_by < excluded.erased_by;
    DELETE FROM ledger.erasable_payload p WHERE p.position = ANY (v_positions);
  END $$;
  COMMENT ON FUNCTION ledger.erase(bigint, text[]) IS
    'Carries out the PayloadsErased event at a position: puts the stubs, given in its order, in the place of the '
    'payloads, and removes those with their salts. Repeating it changes nothing.';
  REVOKE ALL ON FUNCTION ledger.erase(bigint, text[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ledger.erase(bigint, text[]) TO ${ledgerEraserRole};
  GRANT SELECT ON ledger.redacted_payload, ledger.held_payload TO ${ledgerReaderRole};
`;
