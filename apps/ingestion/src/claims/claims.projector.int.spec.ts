import fc from 'fast-check';
import { type Pool } from 'pg';
import { type ClaimEvent } from '#claims';
import { type RecordedEvent } from '#events';
import { deriveId } from '#ledger';
import { inTransaction, openPool } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../../test/harness/database.ts';
import { ingestionRole } from '../ingestion.role.ts';
import { added, claim, codedAs, retracted, reviewed, superseded } from './claims.fixture.ts';
import { claimsProjector } from './claims.projector.ts';
import { claimRecordsOf, statementRecordOf } from './statement-record.ts';

let database: FreshDatabase;
let pool: Pool;
let runCount = 0;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool({
    databaseUrl: database.url,
    role: ingestionRole,
    schema: 'ingestion',
    applicationName: 'ingestion test',
    connectionsMax: 2,
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const anyClaim = fc
  .record({
    number: fc.integer({ min: 1, max: 4 }),
    speaker: fc.constantFrom('Northmark', 'Southmark'),
    confidence: fc.constantFrom(0.2, 0.8),
  })
  .map(({ number, ...said }) => claim({ claimId: deriveId(String(number)), ...said }));

const anyHistory = fc
  .record({
    events: fc.array(
      fc.oneof(
        fc.array(anyClaim, { maxLength: 3 }).map((claims) => codedAs('heron-pass', ...claims)),
        fc
          .tuple(fc.constantFrom('confirm', 'reject', 'amend'), anyClaim)
          .map(([decision, judged]) => reviewed(decision, judged)),
        anyClaim.map((found) => added(found)),
      ),
      { maxLength: 10 },
    ),
    end: fc.constantFrom(null, retracted, superseded),
  })
  .map(({ events, end }): readonly ClaimEvent[] => [...events, ...(end === null ? [] : [end])]);

/** In a statement and with claims of this run's own. */
function recorded(history: readonly ClaimEvent[]): readonly RecordedEvent<ClaimEvent['type']>[] {
  const run = String(++runCount);
  const text = JSON.stringify(history);
  const own = text.replaceAll(/"(statementId|claimId)":"([^"]+)"/g, (_all, name: string, id: string) =>
    JSON.stringify({ [name]: deriveId(run, id) }).slice(1, -1),
  );
  return (JSON.parse(own) as ClaimEvent[]).map(
    (event, index) =>
      ({ ...event, position: index + 1, recordedAt: '2023-02-01T00:00:00.000000Z' }) as RecordedEvent<
        ClaimEvent['type']
      >,
  );
}

it('keeps each claim as the history of its statement leaves it, in whatever batches it comes', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.array(fc.nat(10), { maxLength: 4 }), async (history, ends) => {
      const events = recorded(history);
      const cuts = [0, ...ends.filter((end) => end < events.length).sort((a, b) => a - b), events.length];
      for (const [index, end] of cuts.entries())
        await inTransaction(pool, (tx) => claimsProjector.apply(events.slice(cuts[index - 1] ?? 0, end), tx));
      const { rows } = await pool.query(
        `SELECT claim_id AS "claimId", speaker, confidence, state, review, reviewer FROM ingestion.claim
         WHERE statement_id = $1 ORDER BY claim_id`,
        [events[0]?.payload.statementId ?? null],
      );
      const expected = claimRecordsOf(statementRecordOf(events)).map(({ claim: latest, ...standing }) => {
        const { claimId, speaker, confidence } = latest;
        const { state, review, lastWord } = standing;
        return { claimId, speaker, confidence, state, review, reviewer: lastWord?.reviewer ?? null };
      });
      expect(rows).toEqual(expected.sort((one, other) => (one.claimId < other.claimId ? -1 : 1)));
    }),
    { numRuns: 60 },
  );
});
