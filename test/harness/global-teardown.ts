export default async function teardown(): Promise<void> {
  const { stopTestPostgres } = await import('./test-postgres.ts');
  await stopTestPostgres();
}
