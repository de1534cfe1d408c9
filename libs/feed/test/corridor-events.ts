import { createHash } from 'node:crypto';
import { type DomainEvent, type RecordedEvent } from '#events';

/** A fact about the corridor that `key` names. */
export function corridorRegistered(key: string): Extract<DomainEvent, { type: 'CorridorRegistered' }> {
  return {
    type: 'CorridorRegistered',
    payload: {
      corridor: key,
      definition: {
        name: key,
        names: {},
        aliases: [],
        contextAliases: [],
        parties: [],
        operators: [],
        primaryTraffic: null,
        primaryFlows: null,
        freshnessDays: { contested: 3, stable: 14 },
        timezone: 'UTC',
        geometry: null,
        baseline: null,
      },
    },
  };
}

export function recordedEvent(position: number, key: string): RecordedEvent {
  return {
    ...corridorRegistered(key),
    position,
    streamId: `corridor:${key}`,
    streamVersion: 1,
    eventId: uuidOf(`event ${position}`),
    schemaVersion: 1,
    key,
    validFrom: null,
    recordedAt: new Date(1_700_000_000_000 + position).toISOString(),
    actor: 'test',
    correlationId: `request-${position}`,
    causationId: null,
    traceparent: null,
  };
}

function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
