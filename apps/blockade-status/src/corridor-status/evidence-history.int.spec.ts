import fc from 'fast-check';
import { type Claim, type RecordedEvent } from '#events';
import { type NewEvent } from '#ledger';
import { inTransaction } from '#platform';
import { addClaims, type DerivedState, emptyBook, stateOn, statusClaimOf } from '#status';
import {
  added,
  claimOf,
  heronPass,
  recoded,
  registered,
  retracted,
  reviewed,
  superseded,
} from '../../test/reports.ts';
import { standingAfter } from '../../test/naive-history.ts';
import { statusRoom, type StatusRoom } from '../../test/status-scene.ts';
import { readClaims } from './claim-rows.ts';
import { shippedRules } from './status-rules.ts';
import { firstSettings } from './corridor-settings.ts';
import { type StoredClaim } from './claim-versions.ts';
import { type EvidenceEvent } from './corridor-evidence.ts';
import { corridorStatusProjector } from './corridor-status.projector.ts';
import { decisionsInLedger } from './decision.recorder.ts';

const silent = { info: () => undefined };
const latest = '9999-12-31';
const settings = firstSettings(heronPass, shippedRules);

let room: StatusRoom;
let corridorCount = 0;

beforeAll(async () => {
  room = await statusRoom();
});

afterAll(() => room.close());

/** Few statements and claims, so that events meet the same ones again and again. */
interface Step {
  readonly statement: number;
  readonly claims: readonly Omit<Parameters<typeof claimOf>[0], 'type'>[];
  readonly what: 'coded' | 'confirm' | 'reject' | 'amend' | 'added' | 'retracted' | 'superseded';
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  statement: fc.integer({ min: 1, max: 3 }),
  claims: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      status: fc.constantFrom('open', 'restricted', 'blocked'),
      speaker: fc.constantFrom('ICRC', 'Northmark'),
    }),
    { minLength: 1, maxLength: 3, selector: ({ name }) => name },
  ),
  what: fc.constantFrom(
    ...(['coded', 'coded', 'coded', 'confirm', 'reject', 'amend', 'added'] as const),
    ...(['coded', 'coded', 'confirm', 'reject', 'retracted', 'superseded'] as const),
  ),
});

function eventOf(corridor: string, { statement: number, claims, what }: Step): NewEvent {
  const name = `${corridor} ${number}`;
  const statement = { name, corridor, on: `2023-02-0${number * 2}` };
  const found = claims.map((claim) => claimOf({ ...claim, name: `${name} ${claim.name}` }));
  const [first] = found as [Claim];
  switch (what) {
    case 'coded':
      // A coding may also find nothing any more.
      return recoded(statement, ...found.slice(1));
    case 'confirm':
    case 'reject':
    case 'amend':
      return reviewed(statement, what, first);
    case 'added':
      return added(statement, first);
    case 'retracted':
      return retracted(name, corridor);
    case 'superseded':
      return superseded(name, corridor);
  }
}

/** As if it had been recorded: the projector asks the ledger for nothing. */
function recorded(corridor: string, steps: readonly Step[]): readonly RecordedEvent<EvidenceEvent['type']>[] {
  return [registered(corridor), ...steps.map((step) => eventOf(corridor, step))].map(
    (event, index) =>
      ({
        ...event,
        position: index + 1,
        key: corridor,
        recordedAt: '2023-03-01T00:00:00.000000Z',
        correlationId: 'test',
        traceparent: null,
      }) as unknown as RecordedEvent<EvidenceEvent['type']>,
  );
}

async function projectIn(events: readonly RecordedEvent<EvidenceEvent['type']>[], ends: readonly number[]) {
  const cuts = [...new Set([...ends, events.length])].sort((one, other) => one - other);
  const projector = corridorStatusProjector(decisionsInLedger(room.ledger, silent));
  let start = 0;
  for (const end of cuts) {
    const batch = events.slice(start, end);
    await inTransaction(room.pool, (tx) => projector.apply(batch, tx));
    start = end;
  }
}

function latestOf(claims: readonly StoredClaim[]): DerivedState {
  return stateOn(addClaims(emptyBook(settings), claims.map(statusClaimOf)), latest);
}

const contentOf = ({ claimId, status, speaker }: StoredClaim) => `${claimId} ${status ?? ''} ${speaker}`;

it('the rows give, as of every position, what the events up to it say; and so do the book and the decisions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { maxLength: 14 }),
      fc.array(fc.nat(14), { maxLength: 5 }),
      async (steps, ends) => {
        const corridor = `heron-pass-${++corridorCount}`;
        const events = recorded(corridor, steps);
        await projectIn(
          events,
          ends.filter((end) => end < events.length),
        );
        const statusAfter = events.map((_, index) => {
          const claims = standingAfter(events.slice(0, index + 1));
          return latestOf(claims);
        });

        for (const [index, { position }] of events.entries()) {
          const rows = await readClaims(room.pool, corridor, position);
          const expected = standingAfter(events.slice(0, index + 1));
          expect(rows.map(contentOf).sort()).toEqual(expected.map(contentOf).sort());
          expect(latestOf(rows)).toEqual(statusAfter[index]);
        }
        const { rows } = await room.pool.query<{ state: unknown }>(
          'SELECT state FROM blockade_status.corridor WHERE corridor = $1',
          [corridor],
        );
        expect(rows[0]?.state).toEqual(JSON.parse(JSON.stringify(statusAfter.at(-1))));

        const recordedDecisions = await room.ledger.readStream(`corridor-status-${corridor}`);
        const decisions = recordedDecisions.filter(({ type }) => type === 'CorridorStatusChanged');
        const turns = statusAfter.flatMap(({ status }, index) => {
          const before = statusAfter[index - 1]?.status ?? status;
          return before === status ? [] : [{ from: before, to: status, causedBy: index + 1 }];
        });
        expect(decisions.map(({ payload }) => payload)).toMatchObject(turns);
        expect(decisions).toHaveLength(turns.length);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
