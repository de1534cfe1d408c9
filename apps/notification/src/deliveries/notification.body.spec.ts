import { type Flow, type PayloadOf, type RecordedEvent } from '#events';
import { notificationsOf } from './notification.body.ts';

const metadata = {
  position: 41,
  streamId: 'corridor-status-lachin-corridor',
  streamVersion: 3,
  eventId: '0d3b1a52-9f8c-4f27-8d7b-1d7b0e0a1c01',
  schemaVersion: 1,
  key: 'lachin-corridor',
  validFrom: '2022-12-12',
  recordedAt: '2023-01-20T17:00:00.123456Z',
  actor: 'blockade-status',
  correlationId: 'c',
  causationId: null,
  traceparent: null,
};

const evidence: PayloadOf<'CorridorStatusChanged'>['evidence'] = [
  {
    claimId: '7e5c7c86-3c7a-4a39-9e0c-6d7f5b3f2a11',
    statementId: '5b5b8f0c-2a55-4f0e-8a77-40a2f1f6b9d2',
    stance: 'for',
    weight: 70,
    rules: ['2'],
    day: '2023-01-20',
    flows: ['civilians'],
    cluster: '5b5b8f0c-2a55-4f0e-8a77-40a2f1f6b9d2',
    countedWith: null,
    speaker: 'France',
    publisher: 'Example News',
    url: 'https://example.org/a',
    publishedAt: '2023-01-20T16:00:00Z',
    quote: 'Բերձորի միջանցքը փակ է։',
  },
];

function changed(
  payload: Partial<PayloadOf<'CorridorStatusChanged'>> = {},
): RecordedEvent<'CorridorStatusChanged'> {
  return {
    ...metadata,
    type: 'CorridorStatusChanged',
    payload: {
      corridor: 'lachin-corridor',
      corridorName: 'Lachin corridor',
      from: 'open',
      to: 'blocked',
      since: '2022-12-12',
      confidence: 'high',
      basis: 'observed',
      disputed: true,
      disputedBy: ['Azerbaijan'],
      likelihood: 0.9,
      provisional: false,
      stale: false,
      flows: { civilians: 'blocked' },
      causedByType: 'StatementCoded',
      causedBy: 40,
      rule: 'status-rules/1',
      evidence,
      ...payload,
    },
  };
}

interface Told {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown> & { evidence: unknown[]; evidenceOmittedCount: number };
}

function told(event: Parameters<typeof notificationsOf>[0]): Told {
  return JSON.parse(notificationsOf(event, 'https://watch.example.org')[0]!.body) as Told;
}

describe('a status change', () => {
  it('is told with its causes and a link to the status as of the event that caused it', () => {
    const { type, timestamp, data } = told(changed());
    expect(type).toBe('corridor.status.changed');
    expect(timestamp).toBe('2023-01-20T17:00:00.123456Z');
    expect(data).toEqual({
      corridor: 'lachin-corridor',
      corridorName: 'Lachin corridor',
      from: 'open',
      to: 'blocked',
      since: '2022-12-12',
      confidence: 'high',
      basis: 'observed',
      disputed: true,
      disputedBy: ['Azerbaijan'],
      causedBy: 40,
      causedByType: 'StatementCoded',
      likelihood: 0.9,
      provisional: false,
      stale: false,
      flows: { civilians: 'blocked' },
      rule: 'status-rules/1',
      position: 41,
      statusUrl: 'https://watch.example.org/v1/corridors/lachin-corridor/status?knownAt=40',
      evidence,
      evidenceOmittedCount: 0,
    });
  });

  it('keeps under 256 KiB by leaving evidence out, and says how much', () => {
    const long = Array.from({ length: 100 }, () => ({ ...evidence[0]!, quote: 'փ'.repeat(4_000) }));
    const [notification] = notificationsOf(changed({ evidence: long }), 'https://watch.example.org');
    expect(Buffer.byteLength(notification!.body)).toBeLessThanOrEqual(262_144);
    const { data } = told(changed({ evidence: long }));
    expect(data.evidence.length).toBeGreaterThan(25);
    expect(data.evidenceOmittedCount).toBe(100 - data.evidence.length);
  });

  it('is told without evidence when one quote alone is too long', () => {
    const { data } = told(changed({ evidence: [{ ...evidence[0]!, quote: 'x'.repeat(300_000) }] }));
    expect(data.evidence).toEqual([]);
    expect(data.evidenceOmittedCount).toBe(1);
  });
});

describe('a coded statement', () => {
  const claim = {
    claimId: '7e5c7c86-3c7a-4a39-9e0c-6d7f5b3f2a11',
    type: 'status',
    status: 'blocked',
    presupposed: false,
    speaker: 'France',
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    start: 0,
    end: 18,
    quote: 'The road is shut.',
    confidence: 0.9,
    coder: 'rules/1',
    coderData: null,
    rule: 'r',
    flows: [] as Flow[],
    effect: null,
    actor: null,
    why: null,
  } as const;
  const coded = (quote: string): RecordedEvent<'StatementCoded'> => ({
    ...metadata,
    type: 'StatementCoded',
    payload: {
      statementId: '5b5b8f0c-2a55-4f0e-8a77-40a2f1f6b9d2',
      corridor: 'lachin-corridor',
      publisher: 'Example News',
      grade: null,
      url: null,
      publishedAt: '2023-01-20T16:00:00Z',
      title: null,
      cluster: '5b5b8f0c-2a55-4f0e-8a77-40a2f1f6b9d2',
      coder: 'rules/1',
      coderData: null,
      claims: [
        { ...claim, quote },
        { ...claim, claimId: '7e5c7c86-3c7a-4a39-9e0c-6d7f5b3f2a12', quote },
      ],
    },
  });

  it('is one notification a claim, each under the id of its claim', () => {
    const notifications = notificationsOf(coded('The road is shut.'), 'https://watch.example.org');
    expect(notifications.map(({ eventId, type }) => [eventId, type])).toEqual([
      ['7e5c7c86-3c7a-4a39-9e0c-6d7f5b3f2a11', 'claim.recorded'],
      ['7e5c7c86-3c7a-4a39-9e0c-6d7f5b3f2a12', 'claim.recorded'],
    ]);
  });

  it('leaves a quote out that is longer than a body may be', () => {
    const [notification] = notificationsOf(coded('x'.repeat(300_000)), 'https://watch.example.org');
    expect(JSON.parse(notification!.body)).toMatchObject({ data: { claim: { quote: null } } });
  });
});
