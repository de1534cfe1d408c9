import { resolveRoomsToTheirSource } from './source-imports.ts';

export default async function setup(): Promise<void> {
  resolveRoomsToTheirSource();
  const { startTestPostgres } = await import('./test-postgres.ts');
  await startTestPostgres();
}
