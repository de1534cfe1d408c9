import { randomUUID } from 'node:crypto';
import { type Claim, type CorridorDefinition, type CorridorStatus } from '#events';
import { type NewEvent } from '#ledger';

const dayMs = 24 * 3_600 * 1_000;
const statementsADay = 5;
/** A status holds for about two months, and one statement in ten contradicts it. */
const phaseDays = 60;
const phases: readonly CorridorStatus[] = ['blocked', 'open', 'restricted', 'open'];

export const corridorCount = 40;

export function corridorIdOf(index: number): string {
  return `bench-corridor-${index}`;
}

export function registered(index: number): NewEvent {
  const definition: CorridorDefinition = {
    name: `Bench corridor ${index}`,
    names: {},
    aliases: [],
    contextAliases: [],
    parties: ['Northland', 'Southland'],
    operators: [],
    primaryTraffic: null,
    primaryFlows: null,
    freshnessDays: { contested: 3, stable: 14 },
    timezone: 'UTC',
    geometry: null,
    baseline: { status: 'open', since: '2020-01-01' },
  };
  return {
    type: 'CorridorRegistered',
    payload: { corridor: corridorIdOf(index), definition },
    eventId: randomUUID(),
  };
}

/** The n-th statement: the corridors in turn, five a day for each, day after day. */
export function coded(index: number): NewEvent {
  const turn = Math.floor(index / corridorCount);
  const day = Math.floor(turn / statementsADay);
  const corridor = index % corridorCount;
  const held = phases[(Math.floor(day / phaseDays) + corridor) % phases.length] ?? 'open';
  const status = turn % 10 === 9 ? 'restricted' : held;
  const speaker = turn % 4 === 0 ? 'Northland' : `Observer ${turn % 7}`;
  const claims = [claimOf(status, speaker, 0)];
  // Every third says a second thing, which is evidence of no status.
  if (index % 3 === 0) claims.push({ ...claimOf(status, 'Southland', 200), type: 'demand', status: null });
  return {
    type: 'StatementCoded',
    payload: {
      statementId: randomUUID(),
      corridor: corridorIdOf(corridor),
      publisher: `Paper ${index % 97}`,
      grade: null,
      url: `https://news.example/${index}`,
      publishedAt: new Date(
        Date.UTC(2021, 0, 1) + day * dayMs + (turn % statementsADay) * 3_600_000,
      ).toISOString(),
      title: `Report number ${index}`,
      cluster: randomUUID(),
      coder: 'bench/1',
      coderData: null,
      claims,
    },
    eventId: randomUUID(),
  };
}

function claimOf(status: CorridorStatus, speaker: string, start: number): Claim {
  const quote = `The corridor is ${status} to all traffic, ${speaker} said, and the queue at the post grew longer.`;
  return {
    claimId: randomUUID(),
    type: 'status',
    status,
    presupposed: false,
    speaker,
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    start,
    end: start + quote.length,
    quote,
    confidence: 0.9,
    coder: 'bench/1',
    coderData: null,
    rule: 'status-plain',
    flows: [],
    effect: null,
    actor: null,
    why: null,
  };
}
