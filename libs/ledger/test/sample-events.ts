import { randomUUID } from 'node:crypto';
import { type Cause, type NewEvent } from '#ledger';

export const cause: Cause = {
  actor: 'key-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

/** A payload that stays in the event's own row. */
export function graded(publisher = 'The Daily Road', eventId: string = randomUUID()): NewEvent {
  return {
    type: 'PublisherGraded',
    payload: { publisher, grade: { reliability: 'B', kind: 'news', country: 'FR' } },
    eventId,
  };
}

/** A payload that names persons. */
export function received(body = 'The road is shut.', eventId: string = randomUUID()): NewEvent {
  return {
    type: 'StatementReceived',
    payload: {
      statementId: '6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f',
      publisher: 'The Daily Road',
      url: null,
      publishedAt: '2022-12-12T10:00:00Z',
      title: null,
      language: 'en',
      languageBy: 'publisher',
      about: ['lachin-corridor'],
      body,
      cluster: '6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f',
      revises: null,
      custody: {
        receivedFrom: 'key-1',
        receivedAt: '2022-12-12T10:05:00Z',
        bytesSha256: '0'.repeat(64),
        bytesOf: 'request',
        remoteAddress: null,
        fetch: null,
      },
    },
    eventId,
    validFrom: '2022-12-12',
  };
}
