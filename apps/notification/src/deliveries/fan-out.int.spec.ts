import { randomUUID } from 'node:crypto';
import { type RecordedEvent } from '#events';
import { DeliveryRoom } from '../../test/delivery-room.ts';

let room: DeliveryRoom;
const url = 'http://127.0.0.1:9/';

beforeAll(async () => {
  room = await DeliveryRoom.open();
});

afterEach(async () => {
  await room.pool.query('DELETE FROM notification.webhook');
});

afterAll(async () => {
  await room.close();
});

async function sequences(webhookId: string): Promise<readonly (readonly [number, string])[]> {
  const { rows } = await room.pool.query<{ sequence: number; event_id: string }>(
    'SELECT sequence::int, event_id FROM notification.message WHERE webhook_id = $1 ORDER BY sequence',
    [webhookId],
  );
  return rows.map(({ sequence, event_id }) => [sequence, event_id] as const);
}

describe('the fan-out', () => {
  it('numbers the messages of each endpoint densely, in ledger order', async () => {
    const { webhookId } = await room.createWebhook(url);
    const first = await room.changes(3);
    const second = await room.changes(2);
    const expected = [...first, ...second].map(({ eventId }, index) => [index + 1, eventId]);
    expect(await sequences(webhookId)).toEqual(expected);
  });

  it('writes an event once, however often and in whatever batches the feed brings it', async () => {
    const { webhookId } = await room.createWebhook(url);
    const events = await room.changes(5);
    const before = await sequences(webhookId);
    await room.apply(...events);
    await room.apply(events[4]!, events[0]!, room.statusChanged(), events[0]!);
    await room.apply(...events.slice(1, 3));
    const after = await sequences(webhookId);
    expect(after.slice(0, 5)).toEqual(before);
    expect(after).toHaveLength(6);
  });

  it('numbers densely when several projectors write at once', async () => {
    const { webhookId } = await room.createWebhook(url);
    await room.createWebhook(url);
    await Promise.all(Array.from({ length: 8 }, () => room.changes(5)));
    const numbers = (await sequences(webhookId)).map(([sequence]) => sequence);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('tells an endpoint nothing that was recorded before it was created', async () => {
    const before = room.statusChanged();
    const { webhookId } = await room.createWebhook(url);
    const after = room.statusChanged();
    await room.apply(before, after);
    expect(await sequences(webhookId)).toEqual([[1, after.eventId]]);
  });

  it('filters by corridor, event type and confidence', async () => {
    const fields = [
      {},
      { corridors: ['lachin-corridor'] },
      { corridors: ['other-corridor'] },
      { minConfidence: 'moderate' },
      { minConfidence: 'high' },
      { events: ['statement.retracted'], corridors: ['lachin-corridor'], minConfidence: 'high' },
      { events: ['statement.retracted'] },
    ];
    const ids: string[] = [];
    for (const filter of fields) ids.push((await room.createWebhook(url, filter)).webhookId);
    await room.apply(
      room.statusChanged({ confidence: 'moderate' }),
      room.statusChanged({ confidence: 'low', corridor: 'other-corridor' }),
      room.statementRetracted('lachin-corridor'),
      room.statementRetracted(null),
    );
    const counts = await Promise.all(ids.map(async (id) => (await sequences(id)).length));
    expect(counts).toEqual([2, 1, 1, 1, 0, 1, 2]);
  });

  it('sends a claim once although its statement is coded twice', async () => {
    const { webhookId } = await room.createWebhook(url, { events: ['claim.recorded'] });
    const claimId = randomUUID();
    await room.apply(coded(claimId), coded(claimId));
    await room.apply(coded(claimId));
    expect(await sequences(webhookId)).toEqual([[1, claimId]]);
  });

  it('leaves nothing behind when the transaction is rolled back', async () => {
    const { webhookId } = await room.createWebhook(url);
    const poison = { ...room.statusChanged(), eventId: 'not a uuid' };
    await expect(room.apply(room.statusChanged(), poison)).rejects.toThrow('uuid');
    expect(await sequences(webhookId)).toEqual([]);
  });
});

function coded(claimId: string): RecordedEvent<'StatementCoded'> {
  const { payload, ...metadata } = room.statusChanged();
  return {
    ...metadata,
    type: 'StatementCoded',
    payload: {
      statementId: randomUUID(),
      corridor: payload.corridor,
      publisher: 'Example News',
      grade: null,
      url: null,
      publishedAt: '2023-01-20T16:00:00Z',
      title: null,
      cluster: randomUUID(),
      coder: 'rules/1',
      coderData: null,
      claims: [
        {
          claimId,
          type: 'status',
          status: 'blocked',
          presupposed: false,
          speaker: 'France',
          speakerName: null,
          modality: 'asserted',
          validFrom: null,
          start: 0,
          end: 17,
          quote: 'The road is shut.',
          confidence: 0.9,
          coder: 'rules/1',
          coderData: null,
          rule: 'r',
          flows: [],
          effect: null,
          actor: null,
          why: null,
        },
      ],
    },
  };
}
