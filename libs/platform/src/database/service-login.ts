import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * Makes a login that is a member of a service's role and nothing else, with a new random password that nobody keeps: so
 * whoever gets hold of a pool, and lets go of the role, has no right at all. Its name tells the database, since logins
 * belong to the whole cluster.
 * @param ownerUrl a user who may create roles
 * @returns the URL to connect with; the logins made before for the role and the database end to be of use
 */
export async function makeServiceLogin(ownerUrl: string, role: string): Promise<string> {
  const url = new URL(ownerUrl);
  const password = randomBytes(24).toString('base64url');
  await connected(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ database: string }>('SELECT current_database() AS database');
    url.username = `${role}_of_${rows[0]?.database ?? ''}`;
    url.password = password;
    const login = owner.escapeIdentifier(url.username);
    await owner.query(`
      DO $$ BEGIN
        CREATE ROLE ${login} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
    await owner.query(
      `ALTER ROLE ${login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
       PASSWORD ${owner.escapeLiteral(password)}`,
    );
    await admit(owner, login, role);
  });
  return url.href;
}

/** Makes the user of a URL a member of a service's role, so that it can connect as that and be nothing else. */
export async function admitToRole(ownerUrl: string, databaseUrl: string, role: string): Promise<void> {
  await connected(ownerUrl, (owner) =>
    admit(owner, owner.escapeIdentifier(decodeURIComponent(new URL(databaseUrl).username)), role),
  );
}

/**
 * Whether a limited login finds everything made already: it has no right to migrate, and is not to. On an empty database
 * the answer is no, so that whoever tries all the same hears what is missing.
 */
export async function isMigratedByOthers(databaseUrl: string): Promise<boolean> {
  let answer = false;
  await connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ limited: boolean }>(
      `SELECT NOT has_database_privilege(current_database(), 'CREATE') AND EXISTS (
         SELECT 1 FROM pg_namespace WHERE nspname = 'ledger') AS limited`,
    );
    answer = rows[0]?.limited === true;
  });
  return answer;
}

async function admit(owner: pg.Client, login: string, role: string): Promise<void> {
  // Without INHERIT the rights are there in the role alone: RESET ROLE leaves none.
  await owner.query(`GRANT ${role} TO ${login} WITH INHERIT FALSE, SET TRUE, ADMIN FALSE`);
}

async function connected(databaseUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'corridor-watch start' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
