import { type QueryRunner } from 'typeorm';
import { replayRole } from './replay.migrations.ts';

/** Beside the live schema: where a replay fills the tables anew. */
export function rebuildSchemaOf(schema: string): string {
  return `${schema}_rebuild`;
}

/**
 * Lets a service make, fill and switch to other tables beside its own; called from the service's own migration. Its
 * role owns nothing, so what only an owner may do are functions of whoever migrates. They take no table that the role
 * could not empty anyway, so that they give it no right over others.
 */
export async function createRebuildFunctions(
  migration: QueryRunner,
  schema: string,
  role: string,
): Promise<void> {
  const [rebuild, before] = [rebuildSchemaOf(schema), `${schema}_before`];
  await migration.query(`
    CREATE FUNCTION ${schema}.demand_rebuildable(p_tables text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      v_table text;
    BEGIN
      FOREACH v_table IN ARRAY p_tables LOOP
        IF NOT has_table_privilege('${role}', format('${schema}.%I', v_table), 'DELETE') THEN
          RAISE EXCEPTION '% cannot be rebuilt: ${role} may not empty it', v_table
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      END LOOP;
    END $$;

    CREATE FUNCTION ${schema}.index_rebuild(p_tables text[], p_indexes text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      v record;
    BEGIN
      PERFORM ${schema}.demand_rebuildable(p_tables);
      FOR v IN SELECT n.relname, obj_description(n.oid, 'pg_class') AS comment,
                 replace(pg_get_indexdef(n.oid), ' ON ${schema}.', ' ON ${rebuild}.') AS definition
               FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid
               WHERE r.relnamespace = '${schema}'::regnamespace AND r.relname = ANY (p_tables)
                 AND (p_indexes IS NULL OR i.indisunique OR n.relname = ANY (p_indexes))
                 AND to_regclass(format('${rebuild}.%I', n.relname)) IS NULL
                 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = n.oid AND c.contype IN ('p', 'u'))
      LOOP
        EXECUTE v.definition;
        EXECUTE format('COMMENT ON INDEX ${rebuild}.%I IS %L', v.relname, v.comment);
      END LOOP;
    END $$;
    COMMENT ON FUNCTION ${schema}.index_rebuild IS
      'Makes the indexes of the live tables that the rebuilt ones lack: all, or the unique ones and those named. The '
      'others are for readers, so they are made when readers come: before the switch.';

    CREATE FUNCTION ${schema}.begin_rebuild(p_tables text[], p_indexes text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      v_table text;
      v record;
    BEGIN
      PERFORM ${schema}.demand_rebuildable(p_tables);
      DROP SCHEMA IF EXISTS ${rebuild}, ${before} CASCADE;
      CREATE SCHEMA ${rebuild};
      GRANT USAGE ON SCHEMA ${rebuild} TO ${role};
      FOREACH v_table IN ARRAY p_tables LOOP
        EXECUTE format('CREATE TABLE ${rebuild}.%1$I (LIKE ${schema}.%1$I INCLUDING ALL EXCLUDING INDEXES)', v_table);
        EXECUTE format('COMMENT ON TABLE ${rebuild}.%I IS %L', v_table,
          obj_description(format('${schema}.%I', v_table)::regclass, 'pg_class'));
        FOR v IN SELECT a.privilege_type, a.grantee::regrole AS grantee
                 FROM pg_class c, aclexplode(c.relacl) AS a
                 WHERE c.oid = format('${schema}.%I', v_table)::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
        LOOP
          EXECUTE format('GRANT %s ON ${rebuild}.%I TO %s', v.privilege_type, v_table, v.grantee);
        END LOOP;
      END LOOP;
      -- By the names that the live ones have, since those that take their place are named by later migrations.
      FOR v IN SELECT r.relname, c.conname, replace(pg_get_constraintdef(c.oid), ' ${schema}.', ' ${rebuild}.') AS definition
               FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
               WHERE r.relnamespace = '${schema}'::regnamespace AND r.relname = ANY (p_tables)
                 AND c.contype IN ('p', 'u', 'f')
               ORDER BY c.contype = 'f'
      LOOP
        EXECUTE format('ALTER TABLE ${rebuild}.%I ADD CONSTRAINT %I %s', v.relname, v.conname, v.definition);
      END LOOP;
      PERFORM ${schema}.index_rebuild(p_tables, p_indexes);
    END $$;
    COMMENT ON FUNCTION ${schema}.begin_rebuild IS
      'Makes empty tables like the given ones in ${rebuild}, and drops what an earlier replay left.';

    CREATE FUNCTION ${schema}.analyze_rebuild() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      v_table text;
    BEGIN
      FOR v_table IN SELECT relname FROM pg_class WHERE relnamespace = '${rebuild}'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ANALYZE ${rebuild}.%I', v_table);
      END LOOP;
    END $$;
    COMMENT ON FUNCTION ${schema}.analyze_rebuild IS
      'The first to read the tables after the switch shall not be planned for as if they were empty.';

    CREATE FUNCTION ${schema}.switch_to_rebuild(p_tables text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      v_table text;
    BEGIN
      PERFORM ${schema}.demand_rebuildable(p_tables);
      CREATE SCHEMA ${before};
      FOREACH v_table IN ARRAY p_tables LOOP
        EXECUTE format('ALTER TABLE ${schema}.%I SET SCHEMA ${before}', v_table);
        EXECUTE format('ALTER TABLE ${rebuild}.%I SET SCHEMA ${schema}', v_table);
      END LOOP;
    END $$;
    COMMENT ON FUNCTION ${schema}.switch_to_rebuild IS
      'Puts the rebuilt tables in the place of the live ones, which stay in ${before} until the next replay begins.';

    CREATE FUNCTION ${schema}.drop_rebuild() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'DROP SCHEMA IF EXISTS ${rebuild} CASCADE';
  `);
  for (const name of [
    'begin_rebuild',
    'index_rebuild',
    'analyze_rebuild',
    'switch_to_rebuild',
    'drop_rebuild',
  ]) {
    await migration.query(`REVOKE ALL ON FUNCTION ${schema}.${name} FROM PUBLIC`);
    await migration.query(`GRANT EXECUTE ON FUNCTION ${schema}.${name} TO ${role}`);
  }
  await migration.query(`GRANT ${replayRole} TO ${role}`);
}

export async function dropRebuildFunctions(migration: QueryRunner, schema: string): Promise<void> {
  await migration.query(`
    DROP SCHEMA IF EXISTS ${rebuildSchemaOf(schema)}, ${schema}_before CASCADE;
    DROP FUNCTION ${schema}.begin_rebuild, ${schema}.index_rebuild, ${schema}.analyze_rebuild, ${schema}.switch_to_rebuild,
      ${schema}.drop_rebuild, ${schema}.demand_rebuildable`);
}
