import { type Pool } from 'pg';
import { deriveId, type Ledger } from '#ledger';
import { type StatusRules } from '../corridor-status/status-rules.ts';

/**
 * Lets every corridor that still follows older rules follow the current ones, from here on in the ledger. A process of
 * an older release leaves corridors alone that follow newer ones.
 * @returns the corridors that adopt them
 * @throws UnknownRulesError
 */
export async function adoptRules(
  { pool, ledger }: { readonly pool: Pool; readonly ledger: Ledger },
  { current, areNewerThan }: StatusRules,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ corridor: string; rule: string }>(
    'SELECT corridor, rule FROM blockade_status.corridor WHERE rule <> $1 ORDER BY corridor',
    [current.version],
  );
  const adopting = rows.filter(({ rule }) => areNewerThan(rule)).map(({ corridor }) => corridor);
  for (const corridor of adopting) await append(ledger, corridor, current.version);
  return adopting;
}

async function append(ledger: Ledger, corridor: string, rule: string): Promise<void> {
  const type = 'StatusRulesAdopted';
  const eventId = deriveId(type, corridor, rule);
  await ledger.append({
    streamId: `corridor-status-${corridor}`,
    expectedVersion: 'any',
    events: [{ type, payload: { corridor, rule }, eventId }],
    cause: { actor: 'blockade-status', correlationId: eventId, causationId: null, traceparent: null },
  });
}
