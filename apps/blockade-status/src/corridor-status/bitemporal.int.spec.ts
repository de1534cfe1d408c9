import fc from 'fast-check';
import { type Claim, type CorridorDefinition, type Flow, type RecordedEvent } from '#events';
import { deriveId, type NewEvent } from '#ledger';
import { inTransaction } from '#platform';
import {
  addClaims,
  decisionOn,
  emptyBook,
  type EvidenceBook,
  firstRules,
  flows,
  type RuleSet,
  stateWith,
  turnsOf,
  statusClaimOf,
} from '#status';
import { settingsAfter, standingAfter } from '../../test/naive-history.ts';
import {
  added,
  adopted,
  amended,
  assessed,
  claimOf,
  heronPass,
  lapsed,
  recoded,
  regraded,
  registered,
  retracted,
  reviewed,
  superseded,
  told,
  withdrawn,
} from '../../test/reports.ts';
import { statusRoom, type StatusRoom } from '../../test/status-scene.ts';
import { type EvidenceEvent } from './corridor-evidence.ts';
import { readStateOn } from './corridor-state.reader.ts';
import { corridorStatusProjector } from './corridor-status.projector.ts';
import { LatestStates } from './latest-state.reader.ts';
import { type StatusRules } from './status-rules.ts';
import { readTurns } from './turn-rows.ts';

const silent = { info: () => undefined };
const historyCount = 5;
const pairCount = 2_000;

const otherRules: RuleSet = {
  ...firstRules,
  version: 'status-rules/test',
  windowDays: 6,
  presupposedShare: 80,
};
const rules: StatusRules = {
  first: firstRules,
  current: otherRules,
  areNewerThan: (version) => version !== otherRules.version,
  of: (version) => (version === otherRules.version ? otherRules : firstRules),
};

let room: StatusRoom;

beforeAll(async () => {
  room = await statusRoom();
});

afterAll(() => room.close());

function dayAt(index: number): string {
  return new Date(Date.UTC(2023, 1, 1 + index)).toISOString().slice(0, 10);
}

const anyDay = fc.integer({ min: 0, max: 60 });
const anyReport = fc.record({
  name: fc.integer({ min: 1, max: 40 }),
  on: anyDay,
  hour: fc.integer({ min: 0, max: 23 }),
  /** Days before its publication of which a claim speaks; for some none, for some days to come. */
  before: fc.option(fc.integer({ min: -2, max: 30 })),
  says: fc.record({
    type: fc.constantFrom(...(['status', 'status', 'status', 'denial', 'incident', 'demand'] as const)),
    status: fc.constantFrom(...(['open', 'restricted', 'blocked'] as const)),
    effect: fc.constantFrom(...(['passed', 'turned_back', 'closed', 'opened'] as const)),
    acts: fc.boolean(),
    flows: fc.subarray(['civilians', 'aid_cargo', 'staff'] as Flow[]),
    speaker: fc.constantFrom('ICRC', 'Northmark', 'Southmark', 'France'),
    modality: fc.constantFrom(...(['asserted', 'asserted', 'asserted', 'future'] as const)),
    lasting: fc.boolean(),
  }),
  publisher: fc.constantFrom('ICRC', 'Valley Herald', 'Northmark'),
});
type AnyReport = typeof anyReport extends fc.Arbitrary<infer Value> ? Value : never;

const anyDefinition: fc.Arbitrary<Partial<CorridorDefinition>> = fc.record({
  timezone: fc.constantFrom('UTC', 'Pacific/Honolulu', 'Pacific/Kiritimati'),
  parties: fc.subarray(['Northmark', 'Southmark']),
  baseline: fc.constantFrom(null, { status: 'open', since: '2023-02-04' } as const),
});

const anyStep = fc.record({
  what: fc.constantFrom(
    ...([
      'coded',
      'coded',
      'coded',
      'coded',
      'coded',
      'recoded',
      'confirm',
      'reject',
      'amend',
      'added',
    ] as const),
    ...([
      'retracted',
      'superseded',
      'regraded',
      'assessed',
      'withdrawn',
      'lapsed',
      'adopted',
      'amended',
    ] as const),
  ),
  report: anyReport,
  definition: anyDefinition,
  reliability: fc.constantFrom(...(['A', 'C', 'E'] as const)),
  version: fc.constantFrom(firstRules.version, otherRules.version),
});
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

function claimIn(name: string, { on, before, says }: AnyReport): Claim {
  const { type, status, effect, acts, lasting, ...more } = says;
  const claim = claimOf({ name, status, type, speaker: says.speaker });
  return {
    ...claim,
    ...more,
    effect: type === 'incident' || (type === 'status' && acts) ? effect : null,
    validFrom: before === null ? null : dayAt(on - before),
    quote: lasting ? `${claim.quote} It has been so since then.` : claim.quote,
  };
}

function eventOf(
  corridor: string,
  index: number,
  { what, report, definition, ...step }: Step,
  lastAssessed: number,
): NewEvent {
  const name = `${corridor} ${report.name}`;
  const statement = { name, corridor, on: dayAt(report.on) };
  const claim = claimIn(name, report);
  switch (what) {
    case 'coded': {
      const publishedAt = `${dayAt(report.on)}T${String(report.hour).padStart(2, '0')}:30:00Z`;
      return told({ ...statement, name: `${name} ${index}` }, claimIn(`${name} ${index}`, report), {
        publisher: report.publisher,
        publishedAt,
      });
    }
    case 'recoded':
      return recoded(statement, claim, claimIn(`${name}, too`, report));
    case 'confirm':
    case 'reject':
    case 'amend':
      return reviewed(statement, what, claim);
    case 'added':
      return added(statement, claim);
    case 'retracted':
      return retracted(name, corridor);
    case 'superseded':
      return superseded(name, corridor);
    case 'regraded':
      return regraded(corridor, step.reliability, report.publisher);
    case 'assessed':
      return assessed(corridor, String(index), {
        validFrom: dayAt(report.on),
        status: report.says.status,
        flows: { staff: 'open' },
      });
    case 'withdrawn':
      return withdrawn(corridor, String(lastAssessed));
    case 'lapsed':
      return lapsed(corridor, dayAt(report.on + 20), dayAt(report.on));
    case 'adopted':
      return adopted(corridor, step.version);
    case 'amended':
      return amended(corridor, definition);
  }
}

/** As if they had been recorded: the projector asks the ledger for nothing. */
function recorded(corridor: string, steps: readonly Step[]): readonly (EvidenceEvent & RecordedEvent)[] {
  const events = [
    registered(corridor),
    ...steps.map((step, index) => eventOf(corridor, index, step, assessedBefore(steps, index))),
  ];
  return events.map(
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

function assessedBefore(steps: readonly Step[], index: number): number {
  return steps.slice(0, index).findLastIndex(({ what }) => what === 'assessed');
}

function naiveBook(events: readonly EvidenceEvent[]): EvidenceBook {
  return addClaims(emptyBook(settingsAfter(events, rules.of)), standingAfter(events).map(statusClaimOf));
}

async function project(events: readonly (EvidenceEvent & RecordedEvent)[], size: number): Promise<void> {
  const projector = corridorStatusProjector(room.ledger, silent, rules);
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
