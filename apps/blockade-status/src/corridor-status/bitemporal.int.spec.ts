import fc from 'fast-check';
import { type CorridorDefinition, type RecordedEvent } from '#events';
import { deriveId } from '#ledger';
import { inTransaction } from '#platform';
import {
  addClaims,
  decisionOn,
  emptyBook,
  type EvidenceBook,
  flows,
  stateWith,
  turnsOf,
  statusClaimOf,
} from '#status';
import { settingsAfter, standingAfter } from '../../test/naive-history.ts';
import { anyStep, dayAt, eventsOf, rules, type Step } from '../../test/any-history.ts';
import { heronPass } from '../../test/reports.ts';
import { statusRoom, type StatusRoom } from '../../test/status-scene.ts';
import { type EvidenceEvent } from './corridor-evidence.ts';
import { readStateOn } from './corridor-state.reader.ts';
import { corridorStatusProjector } from './corridor-status.projector.ts';
import { decisionsInLedger } from './decision.recorder.ts';
import { LatestStates } from './latest-state.reader.ts';
import { readTurns } from './turn-rows.ts';

const silent = { info: () => undefined };
const historyCount = 5;
const pairCount = 2_000;

let room: StatusRoom;

beforeAll(async () => {
  room = await statusRoom();
});

afterAll(() => room.close());

/** As if they had been recorded: the projector asks the ledger for nothing. */
function recorded(corridor: string, steps: readonly Step[]): readonly (EvidenceEvent & RecordedEvent)[] {
  return eventsOf(corridor, steps).map(
    (event, index) =>
      ({
        ...event,
        eventId: deriveId('event', corridor, String(index)),
        position: index + 1,
        key: corridor,
        recordedAt: '2023-03-01T00:00:00.000000Z',
        correlationId: 'test',
        traceparent: null,
      }) as unknown as EvidenceEvent & RecordedEvent,
  );
}

function naiveBook(events: readonly EvidenceEvent[]): EvidenceBook {
  return addClaims(emptyBook(settingsAfter(events, rules.of)), standingAfter(events).map(statusClaimOf));
}

async function project(events: readonly (EvidenceEvent & RecordedEvent)[], size: number): Promise<void> {
  const projector = corridorStatusProjector(decisionsInLedger(room.ledger, silent), rules);
  for (let start = 0; start < events.length; start += size) {
    const batch = events.slice(start, start + size);
    await inTransaction(room.pool, (tx) => projector.apply(batch, tx));
  }
}

function definitionAt(events: readonly EvidenceEvent[]): CorridorDefinition {
  const defined = events.findLast((event) => 'definition' in event.payload);
  return defined !== undefined && 'definition' in defined.payload ? defined.payload.definition : heronPass;
}

it(`answers ${historyCount * pairCount} random pairs of two clocks as everything derived anew from the events does`, async () => {
  let corridorCount = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 100, maxLength: 100 }),
      fc.constantFrom(1, 7, 200),
      fc.infiniteStream(
        fc.tuple(fc.nat(), fc.integer({ min: -40, max: 100 }), fc.constantFrom(null, ...flows)),
      ),
      async (steps, batchSize, moments) => {
        const corridor = `heron-pass-${++corridorCount}`;
        const events = recorded(corridor, steps);
        await project(events, batchSize);
        const asked = Map.groupBy([...moments.take(pairCount)], ([at]) => (at % events.length) + 1);
        for (const [position, pairs] of asked) {
          const known = events.slice(0, position);
          const book = naiveBook(known);
          const turns = turnsOf(book);
          expect(JSON.stringify(await readTurns(room.pool, corridor, position))).toBe(JSON.stringify(turns));
          const then = { corridor, definition: definitionAt(known), position };
          await Promise.all(
            pairs.map(async ([, offset, flow]) => {
              const day = dayAt(offset);
              const told = await readStateOn(room.pool, then, day, flow, rules);
              const naive = stateWith(decisionOn(turns, day), book, day, flow);
              expect(JSON.stringify(told.state)).toBe(JSON.stringify(naive));
              expect(told.settings.rules).toBe(book.settings.rules);
            }),
          );
        }
        const read = await new LatestStates(room.pool).read(corridor);
        const book = naiveBook(events);
        const naive = stateWith(decisionOn(turnsOf(book), '9999-12-31'), book, '9999-12-31');
        expect(JSON.stringify(read?.latest.state)).toBe(JSON.stringify(naive));
      },
    ),
    { numRuns: historyCount, endOnFailure: true },
  );
}, 300_000);
