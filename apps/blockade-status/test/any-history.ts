import fc from 'fast-check';
import { type Claim, type CorridorDefinition, type Flow } from '#events';
import { deriveId, type NewEvent } from '#ledger';
import { firstRules, type RuleSet } from '#status';
import { type StatusRules } from '../src/corridor-status/status-rules.ts';
import {
  added,
  adopted,
  amended,
  assessed,
  claimOf,
  lapsed,
  recoded,
  regraded,
  registered,
  retracted,
  reviewed,
  superseded,
  told,
  withdrawn,
} from './reports.ts';

export const otherRules: RuleSet = {
  ...firstRules,
  version: 'status-rules/test',
  windowDays: 6,
  presupposedShare: 80,
};
/** Two versions, of which corridors shall follow the other one. */
export const rules: StatusRules = {
  first: firstRules,
  current: otherRules,
  areNewerThan: (version) => version !== otherRules.version,
  of: (version) => (version === otherRules.version ? otherRules : firstRules),
};

export function dayAt(index: number): string {
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

/** Anything that can happen to a corridor. */
export const anyStep = fc.record({
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
export type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

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

/** The registration of a corridor, and what happens to it; each with an id of its own. */
export function eventsOf(corridor: string, steps: readonly Step[]): readonly NewEvent[] {
  return [
    registered(corridor),
    ...steps.map((step, index) => eventOf(corridor, index, step, assessedBefore(steps, index))),
  ].map((event, index) => ({ ...event, eventId: deriveId('event', corridor, String(index)) }));
}

function assessedBefore(steps: readonly Step[], index: number): number {
  return steps.slice(0, index).findLastIndex(({ what }) => what === 'assessed');
}
