/**
 * A partition is made beside the table and then attached: `PARTITION OF` would wait for every reader of the ledger,
 * and every append would wait behind it.
 */
export const createPartitioning = `
  CREATE FUNCTION ledger.partition_of(p_position bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN (p_position - 1) / 5000000;

  CREATE FUNCTION ledger.add_partition(p_number bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    v_size constant bigint := 5000000;
    v_from constant bigint := p_number * v_size + 1;
    v_until constant bigint := v_from + v_size;
    v_name constant text := format('event_%s', to_char(p_number, 'FM000000'));
  BEGIN
    EXECUTE format(
      'CREATE TABLE ledger.%I (LIKE ledger.event INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING CONSTRAINTS)', v_name);
    EXECUTE format('CREATE UNIQUE INDEX %2$I ON ledger.%1$I (event_id)', v_name, v_name || '_by_id');
    EXECUTE format(
      'CREATE UNIQUE INDEX %2$I ON ledger.%1$I (stream_id, stream_version)', v_name, v_name || '_by_stream');
    -- Triggers for a whole statement are not inherited, and a partition can be named directly.
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.%I
         FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', v_name);
    EXECUTE format(
      'ALTER TABLE ledger.event ATTACH PARTITION ledger.%I FOR VALUES FROM (%s) TO (%s)', v_name, v_from, v_until);
  END $$;
  COMMENT ON FUNCTION ledger.add_partition(bigint) IS
    'Partition n holds the positions n * 5,000,000 + 1 to (n + 1) * 5,000,000. ledger.append calls it when it '
    'gets there.';
  REVOKE ALL ON FUNCTION ledger.add_partition(bigint) FROM PUBLIC;

  SELECT ledger.add_partition(0);
`;
