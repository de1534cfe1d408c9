import { until } from '../../../../test/harness/until.ts';
import { DeliveryRoom } from '../../test/delivery-room.ts';
import { answerStatus, openReceiver, type ScriptedReceiver } from '../../test/scripted-receiver.ts';
import { ChangeWebhook, ChangeWebhookHandler } from './change-webhook.command.ts';
import { EnableWebhook, EnableWebhookHandler, type EnabledWebhook } from './enable-webhook.command.ts';
import { type Enabling } from './webhook.input.ts';

let room: DeliveryRoom;
let receiver: ScriptedReceiver;

beforeAll(async () => {
  room = await DeliveryRoom.open();
});

beforeEach(async () => {
  receiver = await openReceiver(answerStatus(200));
});

afterEach(async () => {
  await room.stopWorkers();
  await receiver.close();
  await room.pool.query('DELETE FROM notification.webhook');
});

afterAll(async () => {
  await room.close();
});

/** A disabled webhook with ten held messages: eight of one corridor, two of another. */
async function heldWebhook(): Promise<string> {
  const { webhookId } = await room.createWebhook(receiver.url);
  const change = new ChangeWebhookHandler(room.pool, room.guard, room.cipher);
  await change.execute(new ChangeWebhook(webhookId, { enabled: false }));
  await room.changes(8);
  await room.apply(
    room.statusChanged({ corridor: 'other-corridor' }),
    room.statusChanged({ corridor: 'other-corridor' }),
  );
  return webhookId;
}

function enable(webhookId: string, held: Enabling['held'], dryRun = false): Promise<EnabledWebhook> {
  return new EnableWebhookHandler(room.pool, room.limits).execute(
    new EnableWebhook(webhookId, { held, dryRun }),
  );
}

function sequences(): number[] {
  return receiver.requests.map(({ headers }) => Number(headers['webhook-sequence']));
}

describe('enabling', () => {
  it.each<[Enabling['held'], number[]]>([
    ['deliver', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['latest', [8, 10]],
    ['discard', []],
  ])('with "%s" sends the sequences %j and says so before', async (held, expected) => {
    const webhookId = await heldWebhook();
    room.startWorker();
    const counts = { deliverCount: expected.length, discardCount: 10 - expected.length };
    expect(await enable(webhookId, held, true)).toMatchObject({ dryRun: true, ...counts });
    expect(receiver.requests).toHaveLength(0);
    expect(await room.phase(webhookId)).toBe('disabled');
    expect(await enable(webhookId, held)).toMatchObject({ dryRun: false, ...counts });
    await room.apply(room.statusChanged());
    await until('what comes after arrives', () => sequences().includes(11));
    await until('nothing waits', async () => !('pending' in (await room.stateCounts(webhookId))));
    expect(sequences().toSorted((a, b) => a - b)).toEqual([...expected, 11]);
  });

  it('gives held messages their whole age again', async () => {
    const webhookId = await heldWebhook();
    await room.pool.query("UPDATE notification.message SET dies_at = now() - interval '1 day'");
    room.startWorker();
    await enable(webhookId, 'deliver');
    await until('all delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 10);
  });

  it('of a webhook that is not disabled changes nothing', async () => {
    const { webhookId } = await room.createWebhook(receiver.url);
    await room.changes(2);
    expect(await enable(webhookId, 'discard')).toMatchObject({ deliverCount: 0, discardCount: 0 });
    expect(await room.stateCounts(webhookId)).toEqual({ pending: 2 });
  });
});
