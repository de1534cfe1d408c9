import { ledgerReaderRole } from '../ledger.roles.ts';

/** An index on recorded_at would be paid for by every append; some 25 look-ups by position are as good. */
export const createPositionAt = `
  CREATE FUNCTION ledger.position_at(p_instant timestamptz) RETURNS bigint
  LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  AS $$
  DECLARE
    v_low bigint := 0;
    v_high bigint := (SELECT h.position FROM ledger.head h WHERE h.singleton);
    v_middle bigint;
  BEGIN
    -- Everything up to v_low was recorded by then, nothing after v_high was.
    WHILE v_low < v_high LOOP
      v_middle := (v_low + v_high + 1) / 2;
      IF (SELECT e.recorded_at FROM ledger.event e WHERE e.position = v_middle) <= p_instant THEN
        v_low := v_middle;
      ELSE
        v_high := v_middle - 1;
      END IF;
    END LOOP;
    RETURN v_low;
  END $$;
  COMMENT ON FUNCTION ledger.position_at(timestamptz) IS
    'The last position recorded at or before an instant, 0 if there is none: recorded_at never goes back.';
  REVOKE ALL ON FUNCTION ledger.position_at(timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ledger.position_at(timestamptz) TO ${ledgerReaderRole};
`;
