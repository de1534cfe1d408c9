import { type RecordedEvent } from '#events';
import { deriveId, type NewEvent } from '#ledger';
import { type EvidenceEvent } from '../apps/blockade-status/src/corridor-status/corridor-evidence.ts';
import { coded, corridorCount, registered } from './coded-statements.ts';

const dayMs = 86_400_000;
/** The reports about a corridor spread over two years, however many they are. */
export const historyDays = 730;
const corridor = 'bench-corridor';

type ProjectedEvent = EvidenceEvent & RecordedEvent;

export function registeredAs(name: string): NewEvent {
  const event = registered(0);
  return { ...event, payload: { ...event.payload, corridor: name } } as NewEvent;
}

export function reportOn(name: string, day: number, index: number): NewEvent {
  const event = coded(index * corridorCount);
  const publishedAt = new Date(Date.UTC(2021, 0, 1) + day * dayMs + (index % 86_400) * 1_000).toISOString();
  return { ...event, payload: { ...event.payload, corridor: name, publishedAt } } as NewEvent;
}

/** The registration, then reports about one corridor; every tenth comes up to ten days late. */
export function* historyOf(reportCount: number): Generator<ProjectedEvent> {
  yield recorded(registeredAs(corridor), 1);
  for (let index = 0; index < reportCount; index += 1) {
    const day = Math.floor((index * historyDays) / reportCount);
    yield recordedReport(index % 10 === 9 ? Math.max(0, day - (index % 11)) : day, index);
  }
}

export function recordedReport(day: number, index: number): ProjectedEvent {
  return recorded(reportOn(corridor, day, index), index + 2);
}

/** As if it had been recorded: the projector asks the ledger for nothing. */
function recorded(event: NewEvent, position: number): ProjectedEvent {
  return {
    ...event,
    eventId: deriveId('bench', String(position)),
    position,
    key: corridor,
    recordedAt: '2023-03-01T00:00:00.000000Z',
    correlationId: 'bench',
    traceparent: null,
  } as unknown as ProjectedEvent;
}
