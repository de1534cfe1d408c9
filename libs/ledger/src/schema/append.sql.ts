import { ledgerWriterRole } from '../ledger.roles.ts';

/**
 * The only way into the ledger. One call writes a group of requests, each all or nothing, and is its own
 * transaction when it is sent alone: one round trip, one lock, one flush to disk for all of them.
 *
 * The lock is the update of `ledger.head`, taken last thing before writing. It succeeds only if the head is still
 * where it was when we looked: then nobody wrote in between, and what the checks found is still so. Under READ
 * COMMITTED each statement has a snapshot of its own, so a second look under the lock sees what was committed.
 *
 * Every statement in here is paid for by everyone who waits for the lock. Hence one check for the whole group, a
 * slow way only when it fails, and records split by separators: seventeen arrays to unnest cost as much as the
 * insert itself.
 */
export const createAppend = `
  CREATE TYPE ledger.append_outcome AS (
    head bigint, recorded_at text, versions int[], offsets int[], known int[]
  );
  COMMENT ON TYPE ledger.append_outcome IS
    'What ledger.append did: request i was written after position head + offsets[i] and on versions[i]. An offset '
    'of -1 means it was not: because an event id of it is recorded already (known holds i), or because its stream '
    'is at versions[i] and not where it was expected. Without versions and offsets all was as asked for.';

  CREATE FUNCTION ledger.accept(
    p_expected_versions int[], p_offsets int[], p_event_count int, p_versions int[], p_known int[],
    OUT offsets int[], OUT accepted int
  ) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT array_agg(CASE WHEN a.fits THEN a.before ELSE -1 END ORDER BY a.n),
           coalesce(sum(a.event_count) FILTER (WHERE a.fits), 0)::int
    FROM (
      SELECT c.n, c.event_count, c.fits,
             coalesce(sum(c.event_count) FILTER (WHERE c.fits)
               OVER (ORDER BY c.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::int AS before
      FROM (
        SELECT r.n, coalesce(p_offsets[r.n + 1], p_event_count) - p_offsets[r.n] AS event_count,
               p_expected_versions[r.n] IN (-1, p_versions[r.n]) AND r.n <> ALL (p_known) AS fits
        FROM generate_series(1, cardinality(p_offsets)) AS r (n)
      ) c
    ) a;
  END;
  COMMENT ON FUNCTION ledger.accept IS
    'Which requests of a group can be written: those that expect no version or the one the stream is at, and of '
    'which no event is known. Answers their offsets without the others, for which it is -1.';
  REVOKE ALL ON FUNCTION ledger.accept FROM PUBLIC;

  CREATE FUNCTION ledger.append(
    p_stream_ids text[], p_expected_versions int[], p_offsets int[],
    p_requests int[], p_event_ids uuid[], p_erasable boolean[],
    p_records text, p_payloads text, p_salts bytea, p_payload_hashes bytea
  ) RETURNS ledger.append_outcome
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  AS $$
  DECLARE
    v_event_count constant int := cardinality(p_event_ids);
    v_accepted int;
    v_offsets int[];
    v_all_right boolean;
    v_known int[];
    v_versions int[];
    v_head bigint;
    v_now timestamptz;
    v_recorded_at text;
    v_some_known boolean;
    v_timeout text;
  BEGIN
    LOOP
      SELECT h.position,
             ARRAY(SELECT coalesce((SELECT e.stream_version FROM ledger.event e WHERE e.stream_id = r.stream_id
                                    ORDER BY e.stream_version DESC LIMIT 1), 0)
                   FROM unnest(p_stream_ids) AS r (stream_id)),
             EXISTS (SELECT FROM ledger.event e WHERE e.event_id = ANY (p_event_ids))
        INTO STRICT v_head, v_versions, v_some_known
        FROM ledger.head h WHERE h.singleton;
      v_all_right := NOT v_some_known AND v_versions = p_expected_versions;
      IF v_all_right THEN
        v_offsets := p_offsets;
        v_accepted := v_event_count;
      ELSE
        v_known := ARRAY(SELECT DISTINCT p_requests[array_position(p_event_ids, e.event_id)]
                         FROM ledger.event e WHERE v_some_known AND e.event_id = ANY (p_event_ids));
        SELECT o.offsets, o.accepted INTO v_offsets, v_accepted
          FROM ledger.accept(p_expected_versions, p_offsets, v_event_count, v_versions, v_known) o;
        IF v_accepted = 0 THEN
          RETURN (v_head, v_recorded_at, v_versions, v_offsets, v_known);
        END IF;
      END IF;
      UPDATE ledger.head h
         SET position = v_head + v_accepted, recorded_at = greatest(clock_timestamp(), h.recorded_at)
       WHERE h.singleton AND h.position = v_head
       RETURNING h.recorded_at, to_char(h.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
       INTO v_now, v_recorded_at;
      EXIT WHEN FOUND;
      -- Someone wrote since we looked: the second look is taken under the lock.
      PERFORM FROM ledger.head h WHERE h.singleton FOR UPDATE;
    END LOOP;
    -- Whoever holds the lock ends within 2 s from here on, one that stopped half-way too.
    v_timeout := set_config('transaction_timeout', '2000', true);

    IF ledger.partition_of(v_head + v_accepted) > ledger.partition_of(greatest(v_head, 1)) THEN
      PERFORM ledger.add_partition(ledger.partition_of(v_head + v_accepted));
    END IF;

    INSERT INTO ledger.event (
      position, stream_id, stream_version, event_id, type, schema_version, payload, salt, payload_hash, key,
      valid_from, recorded_at, actor, correlation_id, causation_id, traceparent, leaf_hash)
    SELECT
      e.position, e.field[1], e.version, p_event_ids[e.n], e.field[7], e.field[8]::smallint,
      CASE WHEN NOT p_erasable[e.n] THEN e.payload::json END,
      CASE WHEN NOT p_erasable[e.n] THEN substring(p_salts FROM e.n * 16 - 15 FOR 16) END,
      substring(p_payload_hashes FROM e.n * 32 - 31 FOR 32),
      e.field[9], e.field[10]::date, v_now, e.field[2], e.field[3], e.field[4], e.field[5],
      sha256('\\x00'::bytea || convert_to(
        e.field[11] || e.position || ',"recordedAt":"' || v_recorded_at || '"' || e.field[6] || e.version ||
        e.field[12], 'UTF8'))
    FROM (
      SELECT r.n::int, r.payload, string_to_array(r.record, E'\\x1f', '') AS field,
             v_head + v_offsets[p_requests[r.n]] + r.n - p_offsets[p_requests[r.n]] AS position,
             v_versions[p_requests[r.n]] + r.n - p_offsets[p_requests[r.n]] AS version
      FROM ROWS FROM (
        unnest(string_to_array(p_records, E'\\x1e')), unnest(string_to_array(p_payloads, E'\\x1e'))
      ) WITH ORDINALITY AS r (record, payload, n)
      WHERE v_offsets[p_requests[r.n]] >= 0 OFFSET 0
    ) e;

    IF true = ANY (p_erasable) THEN
      INSERT INTO ledger.erasable_payload (position, payload, salt)
      SELECT v_head + v_offsets[p_requests[r.n]] + r.n - p_offsets[p_requests[r.n]], r.payload::json,
             substring(p_salts FROM r.n::int * 16 - 15 FOR 16)
      FROM unnest(string_to_array(p_payloads, E'\\x1e')) WITH ORDINALITY AS r (payload, n)
      WHERE p_erasable[r.n] AND v_offsets[p_requests[r.n]] >= 0;
    END IF;
    IF v_all_right THEN
      RETURN (v_head, v_recorded_at, NULL::int[], NULL::int[], NULL::int[]);
    END IF;
    RETURN (v_head, v_recorded_at, v_versions, v_offsets, v_known);
  END $$;
  COMMENT ON FUNCTION ledger.append IS
    'Appends a group of requests: the first three arrays have an element a request (an expected version of -1 '
    'means any; an offset is the number of events in the requests before), the others an element an event. '
    'Records and payloads are joined by U+001E, the fields of a record by U+001F.';
  REVOKE ALL ON FUNCTION ledger.append FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ledger.append TO ${ledgerWriterRole};
`;
