import { ledgerWriterRole } from '../ledger.roles.ts';

/**
 * The only way into the ledger. One call writes a group of requests, each all or nothing, and is its own
 * transaction when it is sent alone: one round trip, one lock, one flush to disk for all of them.
 *
 * The lock is the update of `ledger.head`. It is taken before the checks, since what they find must still be true
 * when the rows are written, and after everything that the client could prepare. Under READ COMMITTED each of the
 * following statements sees what the holders before us committed.
 */
export const createAppend = `
  CREATE FUNCTION ledger.append(
    p_stream_ids text[], p_expected_versions int[], p_event_counts int[],
    p_requests int[], p_indexes int[], p_streams text[], p_event_ids uuid[], p_types text[],
    p_schema_versions smallint[], p_payloads text, p_erasable boolean[], p_salts bytea, p_payload_hashes bytea,
    p_keys text[], p_valid_froms date[], p_actors text[], p_correlation_ids text[], p_causation_ids text[],
    p_traceparents text[], p_leaf_heads text, p_leaf_middles text, p_leaf_tails text,
    OUT outcomes int[], OUT positions bigint[], OUT versions int[], OUT recorded_at text
  )
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  AS $$
  DECLARE
    c_appended constant int := 0;
    c_known constant int := 1;
    c_conflict constant int := 2;
    c_partition_size constant bigint := 5000000;
    v_event_count int := cardinality(p_event_ids);
    v_request_count int := cardinality(p_stream_ids);
    v_head bigint;
    v_now timestamptz;
    v_known int[] := '{}';
    v_bases int[];
    v_accepted int := 0;
    v_base int;
    v_last bigint;
  BEGIN
    -- Whoever holds the lock ends within 2 s, one that stopped half-way too.
    PERFORM set_config('transaction_timeout', '2000', true);
    UPDATE ledger.head h
       SET position = h.position + v_event_count, recorded_at = greatest(clock_timestamp(), h.recorded_at)
     WHERE h.singleton
     RETURNING h.position - v_event_count, h.recorded_at INTO STRICT v_head, v_now;
    recorded_at := to_char(v_now AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

    PERFORM FROM ledger.event e WHERE e.event_id = ANY (p_event_ids) LIMIT 1;
    IF FOUND THEN
      SELECT array_agg(DISTINCT p_requests[array_position(p_event_ids, e.event_id)]) INTO v_known
        FROM ledger.event e WHERE e.event_id = ANY (p_event_ids);
    END IF;

    SELECT array_agg(coalesce(
             (SELECT e.stream_version FROM ledger.event e
               WHERE e.stream_id = r.stream_id ORDER BY e.stream_version DESC LIMIT 1), 0) ORDER BY r.n)
      INTO v_bases
      FROM unnest(p_stream_ids) WITH ORDINALITY AS r (stream_id, n);

    FOR i IN 1 .. v_request_count LOOP
      v_base := v_bases[i];
      versions[i] := v_base;
      IF i = ANY (v_known) THEN
        outcomes[i] := c_known;
        positions[i] := -1;
      ELSIF p_expected_versions[i] >= 0 AND p_expected_versions[i] <> v_base THEN
        outcomes[i] := c_conflict;
        positions[i] := -1;
      ELSE
        outcomes[i] := c_appended;
        positions[i] := v_head + v_accepted;
        v_accepted := v_accepted + p_event_counts[i];
      END IF;
    END LOOP;

    IF v_accepted < v_event_count THEN
      UPDATE ledger.head h SET position = v_head + v_accepted WHERE h.singleton;
    END IF;
    IF v_accepted = 0 THEN
      UPDATE ledger.head h
         SET recorded_at = (SELECT e.recorded_at FROM ledger.event e WHERE e.position = v_head)
       WHERE h.singleton;
      RETURN;
    END IF;
    v_last := v_head + v_accepted;
    IF v_head > 0 AND (v_last - 1) / c_partition_size > (v_head - 1) / c_partition_size THEN
      PERFORM ledger.add_partition((v_last - 1) / c_partition_size);
    END IF;

    INSERT INTO ledger.event (
      position, stream_id, stream_version, event_id, type, schema_version, payload, salt, payload_hash, key,
      valid_from, recorded_at, actor, correlation_id, causation_id, traceparent, leaf_hash)
    SELECT
      positions[e.request] + e.index, e.stream_id, v_bases[e.request] + e.index, e.event_id, e.type,
      e.schema_version, CASE WHEN NOT e.erasable THEN e.payload::json END,
      CASE WHEN NOT e.erasable THEN substring(p_salts FROM (e.n::int - 1) * 16 + 1 FOR 16) END,
      substring(p_payload_hashes FROM (e.n::int - 1) * 32 + 1 FOR 32),
      e.key, e.valid_from, v_now, e.actor, e.correlation_id, e.causation_id, e.traceparent,
      sha256('\\x00'::bytea || convert_to(
        e.leaf_head || (positions[e.request] + e.index) || ',"recordedAt":"' || append.recorded_at || '"' || e.leaf_middle ||
        (v_bases[e.request] + e.index) || e.leaf_tail, 'UTF8'))
    FROM ROWS FROM (
      unnest(p_requests), unnest(p_indexes), unnest(p_streams), unnest(p_event_ids), unnest(p_types),
      unnest(p_schema_versions), unnest(string_to_array(p_payloads, E'\\x1f')), unnest(p_erasable), unnest(p_keys),
      unnest(p_valid_froms), unnest(p_actors), unnest(p_correlation_ids), unnest(p_causation_ids),
      unnest(p_traceparents), unnest(string_to_array(p_leaf_heads, E'\\x1f')),
      unnest(string_to_array(p_leaf_middles, E'\\x1f')), unnest(string_to_array(p_leaf_tails, E'\\x1f'))
    ) WITH ORDINALITY AS e (
      request, index, stream_id, event_id, type, schema_version, payload, erasable, key, valid_from, actor,
      correlation_id, causation_id, traceparent, leaf_head, leaf_middle, leaf_tail, n)
    WHERE positions[e.request] >= 0;

    IF true = ANY (p_erasable) THEN
      INSERT INTO ledger.erasable_payload (position, payload, salt)
      SELECT positions[e.request] + e.index, e.payload::json,
             substring(p_salts FROM (e.n::int - 1) * 16 + 1 FOR 16)
      FROM ROWS FROM (
        unnest(p_requests), unnest(p_indexes), unnest(string_to_array(p_payloads, E'\\x1f')), unnest(p_erasable)
      ) WITH ORDINALITY AS e (request, index, payload, erasable, n)
      WHERE e.erasable AND positions[e.request] >= 0;
    END IF;
  END $$;
  COMMENT ON FUNCTION ledger.append IS
    'Appends a group of requests (arrays of the same length: one element a request, or one an event). Lists of '
    'JSON texts are joined by the unit separator U+001F, which JSON has to escape. Outcome 0: appended after '
    'positions[i], on versions[i]; 1: an event id stands in the ledger already; 2: the stream is at versions[i], '
    'not where it was expected.';
  REVOKE ALL ON FUNCTION ledger.append FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ledger.append TO ${ledgerWriterRole};
`;
