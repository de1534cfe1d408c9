/** For the owner and for mistakes by hand; a superuser can pass it, which is what the proofs are for. */
export const createProtection = `
  CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege', HINT = 'Corrections and retractions are events of their own.';
  END $$;
  COMMENT ON FUNCTION ledger.refuse_change() IS 'The ledger is added to, never changed.';

  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER only_erased BEFORE UPDATE OR TRUNCATE ON ledger.erasable_payload
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
`;
