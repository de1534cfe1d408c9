import { type Pool } from 'pg';
import { type Logger } from '#platform';

interface Powers {
  readonly login: string;
  readonly superuser: boolean;
  readonly creates_roles: boolean;
  readonly owns_ledger: boolean;
}

/**
 * Warns where whoever gets hold of the service's connections could alter the ledger by letting go of the role: the
 * proofs would show it, but nothing would stop it.
 */
export async function warnOfExcessPower(pool: Pool, logger: Pick<Logger, 'warn'>): Promise<void> {
  const { rows } = await pool.query<Powers>(`
    SELECT r.rolname AS login, r.rolsuper AS superuser, r.rolcreaterole AS creates_roles,
           pg_has_role(r.oid, c.relowner, 'MEMBER') AS owns_ledger
    FROM pg_roles AS r, pg_class AS c WHERE r.rolname = session_user AND c.oid = 'ledger.event'::regclass`);
  const [powers] = rows;
  if (powers === undefined) return;
  const excess = [
    ...(powers.superuser ? ['is a superuser'] : []),
    ...(powers.creates_roles && !powers.superuser ? ['may create roles'] : []),
    ...(powers.owns_ledger && !powers.superuser ? ['owns the ledger'] : []),
  ];
  if (excess.length === 0) return;
  logger.warn(
    { login: powers.login, excess },
    `the user of DATABASE_URL ${excess.join(' and ')}: whoever takes over this service could alter the ledger; ` +
      'give a limited login there, and the owner in DATABASE_OWNER_URL',
  );
}
