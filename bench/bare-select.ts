/**
 * The least that an answer from Postgres costs: a Fastify route that does one indexed select of the latest state.
 * `bare-select.ts <database URL> <port>`; ends with SIGTERM.
 */
import Fastify from 'fastify';
import pg from 'pg';

const [databaseUrl = '', port = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const app = Fastify();
app.get<{ Params: { corridor: string } }>('/bare/:corridor', async ({ params }) => {
  const { rows } = await pool.query<{ state: unknown }>({
    // Named as ours is, so that it is parsed and planned once.
    name: 'bare_select',
    text: 'SELECT state FROM blockade_status.corridor WHERE corridor = $1',
    values: [params.corridor],
  });
  return rows[0]?.state;
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
process.once('SIGTERM', () => void app.close().then(() => pool.end()));
