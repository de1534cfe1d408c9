import { type z } from 'zod';
import { assessmentWithdrawn, statusAssessed } from './assessment.events.ts';
import { corridorAmended, corridorRegistered } from './corridor.events.ts';
import {
  corridorStatusChanged,
  corridorStatusCorrected,
  freshnessLapsed,
  statusRulesAdopted,
} from './corridor-status.events.ts';
import { type EventContract } from './event-contract.ts';
import { publisherGraded, publisherRegraded } from './publisher.events.ts';
import { payloadsErased, statementRedacted } from './redaction.events.ts';
import {
  sourceRegistered,
  sourceRemoved,
  statementDisappeared,
  statementReappeared,
} from './source.events.ts';
import {
  claimAdded,
  claimReviewed,
  statementCoded,
  statementReceived,
  statementRetracted,
  statementReviewed,
  statementSuperseded,
} from './statement.events.ts';

/** Every event type that may stand in the ledger. */
export const eventContracts = {
  CorridorRegistered: corridorRegistered,
  CorridorAmended: corridorAmended,
  PublisherGraded: publisherGraded,
  PublisherRegraded: publisherRegraded,
  StatementReceived: statementReceived,
  StatementCoded: statementCoded,
  StatementReviewed: statementReviewed,
  ClaimReviewed: claimReviewed,
  ClaimAdded: claimAdded,
  StatementRetracted: statementRetracted,
  StatementSuperseded: statementSuperseded,
  StatementRedacted: statementRedacted,
  PayloadsErased: payloadsErased,
  StatementDisappeared: statementDisappeared,
  StatementReappeared: statementReappeared,
  SourceRegistered: sourceRegistered,
  SourceRemoved: sourceRemoved,
  CorridorStatusChanged: corridorStatusChanged,
  CorridorStatusCorrected: corridorStatusCorrected,
  StatusAssessed: statusAssessed,
  AssessmentWithdrawn: assessmentWithdrawn,
  FreshnessLapsed: freshnessLapsed,
  StatusRulesAdopted: statusRulesAdopted,
} as const;

export type EventType = keyof typeof eventContracts;

export type PayloadOf<Type extends EventType> = z.output<(typeof eventContracts)[Type]['schema']>;

/** A fact of the domain, not yet recorded. */
export type DomainEvent = {
  [Type in EventType]: { readonly type: Type; readonly payload: PayloadOf<Type> };
}[EventType];

/** Where a fact stands in the ledger and how it came there. */
export interface RecordedMetadata {
  /** 1, 2, 3 … without a gap, in commit order. */
  readonly position: number;
  readonly streamId: string;
  /** 1, 2, 3 … within the stream. */
  readonly streamVersion: number;
  readonly eventId: string;
  /** Version of the contract that the stored payload was written with; the payload itself is current. */
  readonly schemaVersion: number;
  /** Events with the same key reach every consumer in position order. */
  readonly key: string;
  /** The day from which the fact holds, where it has one. */
  readonly validFrom: string | null;
  /** RFC 3339 in UTC with microseconds; never goes back as positions rise. */
  readonly recordedAt: string;
  /** Who caused it: an API key's id, or a service's name. */
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** W3C trace context of the request that caused it. */
  readonly traceparent: string | null;
}

export type RecordedEvent<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly payload: PayloadOf<T> } & RecordedMetadata;
}[Type];

export function contractOf(type: string): EventContract {
  if (!Object.hasOwn(eventContracts, type)) throw new UnknownEventTypeError(type);
  return eventContracts[type as EventType];
}

/** Lifts a stored payload to its contract's current version. A payload of the current version is believed. */
export function upcast(type: string, schemaVersion: number, payload: unknown): unknown {
  const contract = contractOf(type);
  if (schemaVersion > contract.version)
    throw new NewerEventVersionError(type, schemaVersion, contract.version);
  return contract.upcasters.slice(schemaVersion - 1).reduce((lifted, step) => step(lifted), payload);
}

export class UnknownEventTypeError extends Error {
  readonly code = 'unknown_event_type';
  constructor(readonly type: string) {
    super(`The ledger holds an event of type "${type}", which this version does not know`);
  }
}

export class NewerEventVersionError extends Error {
  readonly code = 'newer_event_version';
  constructor(type: string, stored: number, known: number) {
    super(`"${type}" is stored in version ${stored}; this version knows ${known} at most`);
  }
}
