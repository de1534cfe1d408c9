import { randomBytes, randomUUID } from 'node:crypto';
import { type Cause, type NewEvent } from '#ledger';

export const cause: Cause = {
  actor: 'key-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

const text = randomBytes(480).toString('base64').replaceAll(/[+/]/g, ' ');

/** A payload of 1 KB as JSON, which lies in the event's own row. */
export function plainEvent(): NewEvent {
  const reason = `${text} "${randomUUID()}" ${text.slice(0, 200)}`;
  return {
    type: 'StatementRedacted',
    payload: {
      statementId: randomUUID(),
      corridor: 'lachin-corridor',
      reason,
      requestedBy: null,
      wording: null,
      claims: [],
    },
    eventId: randomUUID(),
  };
}

/** A payload of 1 KB as JSON, which lies beside the event so that it can be erased. */
export function erasableEvent(): NewEvent {
  return {
    type: 'StatementReceived',
    payload: {
      statementId: randomUUID(),
      publisher: 'The Daily Road',
      url: 'https://news.example/2022/12/12/road',
      publishedAt: '2022-12-12T10:00:00Z',
      title: 'Road shut',
      language: 'en',
      languageBy: 'publisher',
      about: ['lachin-corridor'],
      body: `${text} "${randomUUID()}"`.slice(0, 560),
      cluster: randomUUID(),
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
    eventId: randomUUID(),
    validFrom: '2022-12-12',
  };
}
