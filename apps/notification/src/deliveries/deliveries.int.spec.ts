import { Webhook } from 'standardwebhooks';
import { addressGuard } from '#address-guard';
import { until } from '../../../../test/harness/until.ts';
import { DeliveryRoom, quickSender, quickWorker } from '../../test/delivery-room.ts';
import {
  answerBytes,
  answerStatus,
  neverAnswer,
  openReceiver,
  reset,
  type Script,
  type ScriptedReceiver,
} from '../../test/scripted-receiver.ts';
import { webhookSender } from '../sending/webhook.sender.ts';
import { expireMessages, forgetAttempts } from './upkeep.ts';

import.meta.jest.setTimeout(20_000);

let room: DeliveryRoom;
const open: ScriptedReceiver[] = [];

beforeAll(async () => {
  room = await DeliveryRoom.open();
});

afterEach(async () => {
  await room.stopWorkers();
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
  await room.pool.query('DELETE FROM notification.webhook');
});

afterAll(async () => {
  await room.close();
});

async function receiver(script: Script = answerStatus(200)): Promise<ScriptedReceiver> {
  const opened = await openReceiver(script);
  open.push(opened);
  return opened;
}

/** Answers the n-th request by the n-th script, and all later ones by the last. */
function inTurn(...scripts: readonly [Script, ...Script[]]): Script {
  return (request, response) => {
    (scripts[request.number - 1] ?? scripts.at(-1) ?? scripts[0])(request, response);
  };
}

describe('a delivery', () => {
  it('verifies with the standardwebhooks package and carries its headers', async () => {
    const { url, requests } = await receiver();
    const { secret } = await room.createWebhook(url, { headers: { Authorization: 'Bearer abc' } });
    room.startWorker();
    const [event] = await room.changes(1);
    await until('delivered', () => requests.length === 1);
    const { headers, body } = requests[0]!;
    const verified = new Webhook(secret).verify(body.toString(), headers);
    expect(verified).toMatchObject({
      type: 'corridor.status.changed',
      data: { corridorName: 'Բերձորի միջանցք', position: event!.position },
    });
    expect(headers).toMatchObject({
      'webhook-id': event!.eventId,
      'webhook-sequence': '1',
      'webhook-attempt': '1',
      'user-agent': 'CorridorWatch-Webhooks/test',
      'content-type': 'application/json; charset=utf-8',
      'accept-encoding': 'identity',
      authorization: 'Bearer abc',
      'ce-specversion': '1.0',
      'ce-id': event!.eventId,
      'ce-type': 'corridor.status.changed',
      'ce-source': 'https://watch.example.org',
      'ce-subject': 'lachin-corridor',
      'ce-time': '2023-01-20T17:00:00.123456Z',
    });
  });

  it('is tried again with the same id, sequence and bytes, and a fresh signature', async () => {
    const { url, requests } = await receiver(inTurn(answerStatus(500), answerStatus(503), answerStatus(200)));
    const { webhookId, secret } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until('three tries', () => requests.length === 3);
    const same = requests.map(({ headers, body }) => [
      headers['webhook-id'],
      headers['webhook-sequence'],
      body.toString('hex'),
    ]);
    expect(same[1]).toEqual(same[0]);
    expect(same[2]).toEqual(same[0]);
    expect(requests.map(({ headers }) => headers['webhook-attempt'])).toEqual(['1', '2', '3']);
    for (const { headers, body } of requests) {
      expect(() => new Webhook(secret).verify(body.toString(), headers)).not.toThrow();
    }
    await until('written', async () => (await room.stateCounts(webhookId))['delivered'] === 1);
    expect(await room.attempts(webhookId)).toMatchObject([
      { number: 1, outcome: 'failed', status: 500, error_code: 'http_500' },
      { number: 2, outcome: 'failed', status: 503, error_code: 'http_503' },
      { number: 3, outcome: 'delivered', status: 200, error_code: null },
    ]);
  });

  it('does not follow a redirect', async () => {
    const target = await receiver();
    const { url } = await receiver(answerStatus(302, { location: target.url }));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until(
      'two tries',
      async () => (await room.attempts(webhookId)).filter((a) => a.outcome).length >= 2,
    );
    expect((await room.attempts(webhookId))[0]).toMatchObject({
      outcome: 'failed',
      status: 302,
      error_code: 'redirect_not_followed',
    });
    expect(target.acceptCount()).toBe(0);
  });

  it.each<[string, Script, string]>([
    ['is reset after the body was sent', reset, 'reset'],
    ['is never answered', neverAnswer, 'timeout'],
    ['is answered with junk', answerBytes('junk\r\n\r\n'), 'protocol_error'],
  ])('that %s has an unknown outcome and is sent again under the same id', async (_what, script, code) => {
    const { url, requests } = await receiver(inTurn(script, answerStatus(200)));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until('delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 1);
    expect(await room.attempts(webhookId)).toMatchObject([
      { outcome: 'outcome_unknown', status: null, error_code: code },
      { outcome: 'delivered', status: 200 },
    ]);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('never dials an address that is private when it is sent, whatever it was when the webhook was made', async () => {
    const canary = await receiver();
    const strict = { allowHttp: true, allowLoopback: false, allowedAddresses: new Set<string>() };
    const rebound = addressGuard(strict, () => Promise.resolve(['93.184.216.34', '127.0.0.1']));
    const { webhookId: byAddress } = await room.createWebhook(canary.url);
    const { webhookId: byName } = await room.createWebhook(canary.url);
    await room.pool.query('UPDATE notification.webhook SET url = $2 WHERE webhook_id = $1', [
      byName,
      'http://rebound.example.org/',
    ]);
    room.startWorker({}, webhookSender(rebound, quickSender));
    await room.changes(1);
    for (const webhookId of [byAddress, byName]) {
      await until('blocked', async () => (await room.phase(webhookId)) === 'failing');
      expect((await room.attempts(webhookId))[0]).toMatchObject({
        outcome: 'failed',
        error_code: 'blocked_address',
      });
    }
    expect(canary.acceptCount()).toBe(0);
  });

  it('keeps 16 KiB of the answer', async () => {
    const { url } = await receiver(answerStatus(200, {}, 'x'.repeat(100_000)));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until('delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 1);
    expect((await room.attempts(webhookId))[0]!.response_excerpt).toHaveLength(16_384);
  });

  it('dies when it has grown too old', async () => {
    const { webhookId } = await room.createWebhook('http://127.0.0.1:9/');
    await room.changes(2);
    await room.pool.query(
      "UPDATE notification.message SET dies_at = now() - interval '1 s' WHERE sequence = 1",
    );
    expect(await expireMessages(room.pool)).toBe(1);
    expect(await room.stateCounts(webhookId)).toEqual({ dead: 1, pending: 1 });
  });
});

describe('attempts', () => {
  it('are forgotten when they are old enough, and their messages are not', async () => {
    const { url, requests } = await receiver();
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(2);
    await until('delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 2);
    await room.pool.query(
      `UPDATE notification.attempt SET started_at = now() - interval '91 days'
       WHERE delivery_id = (SELECT delivery_id FROM notification.message WHERE sequence = 1)`,
    );
    expect(await forgetAttempts(room.pool, 90 * 86_400_000)).toBe(1);
    expect(await room.attempts(webhookId)).toMatchObject([{ sequence: 2 }]);
    expect(await room.stateCounts(webhookId)).toEqual({ delivered: 2 });
    expect(requests).toHaveLength(2);
  });
});

describe('a lane', () => {
  it('is disabled by one 410, and holds what comes after', async () => {
    const { url, requests } = await receiver(answerStatus(410));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until('disabled', async () => (await room.phase(webhookId)) === 'disabled');
    await room.changes(3);
    const neighbour = await receiver();
    await room.createWebhook(neighbour.url);
    await room.changes(1);
    await until('the neighbour was served', () => neighbour.requests.length === 1);
    expect(requests).toHaveLength(1);
    expect(await room.stateCounts(webhookId)).toEqual({ pending: 5 });
  });

  it('gives up on one message after three refusals and lets the others flow', async () => {
    const { url, requests } = await receiver(({ headers }, response) => {
      response.writeHead(headers['webhook-sequence'] === '2' ? 422 : 200).end();
    });
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(4);
    await until('three arrived', async () => (await room.stateCounts(webhookId))['delivered'] === 3);
    await until('one died', async () => (await room.stateCounts(webhookId))['dead'] === 1);
    const refused = requests.filter(({ headers }) => headers['webhook-sequence'] === '2');
    expect(refused.map(({ headers }) => headers['webhook-attempt'])).toEqual(['1', '2', '3']);
    const third = requests.findIndex(({ headers }) => headers['webhook-sequence'] === '3');
    expect(third).toBeLessThan(requests.indexOf(refused[1]!));
  });

  it('that is ordered waits for a refused message, and keeps its sequence rising through failures', async () => {
    const answers = new Map([
      ['2', 422],
      ['5', 500],
    ]);
    const { url, requests } = await receiver(({ headers }, response) => {
      const status = answers.get(headers['webhook-sequence']!) ?? 200;
      if (status === 500) answers.delete('5');
      response.writeHead(status).end();
    });
    const { webhookId } = await room.createWebhook(url, { ordered: true });
    room.startWorker();
    await room.changes(7);
    await until('all ended', async () => (await room.stateCounts(webhookId))['delivered'] === 6);
    expect(requests.map(({ headers }) => Number(headers['webhook-sequence']))).toEqual([
      1, 2, 2, 2, 3, 4, 5, 5, 6, 7,
    ]);
  });

  it('sends one probe while it fails, however much waits', async () => {
    const { url, requests } = await receiver(answerStatus(500));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(200);
    await until(
      'four probes',
      async () => (await room.attempts(webhookId)).filter((a) => a.status).length >= 4,
    );
    const probes = requests.filter(({ headers }) => headers['webhook-sequence'] === '1');
    // The second message may have been under way together with the first when the lane failed.
    expect(requests.length - probes.length).toBeLessThanOrEqual(1);
    expect(await room.phase(webhookId)).toBe('failing');
  });

  it('is not woken by new messages before its next probe', async () => {
    const { url, requests } = await receiver(answerStatus(503, { 'retry-after': '3600' }));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(1);
    await until('failing', async () => (await room.phase(webhookId)) === 'failing');
    const neighbour = await receiver();
    await room.createWebhook(neighbour.url);
    await room.changes(5);
    await until('the neighbour was served', () => neighbour.requests.length === 5);
    expect(requests).toHaveLength(1);
  });

  it('has at most two in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const { url, requests } = await receiver((_request, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        response.writeHead(200).end();
      }, 5);
    });
    await room.createWebhook(url);
    room.startWorker();
    await room.changes(40);
    await until('all arrived', () => requests.length === 40);
    expect(most).toBe(2);
  });

  it('that is slow does not delay its neighbours', async () => {
    const slow = await receiver(neverAnswer);
    const quick = await receiver();
    await room.createWebhook(slow.url);
    await room.createWebhook(quick.url);
    // Half of these hands would be held by the slow endpoint if lanes were shared.
    room.startWorker({ lanesMax: 2 });
    await room.changes(20);
    await until('the quick one has all', () => quick.requests.length === 20, { withinMs: 3_000 });
    expect(slow.requests.length).toBeLessThanOrEqual(2);
  });
});

describe('workers', () => {
  it('go on where the last one stopped', async () => {
    const { url, requests } = await receiver(answerStatus(500));
    const { webhookId } = await room.createWebhook(url);
    room.startWorker();
    await room.changes(3);
    await until('failing', async () => (await room.phase(webhookId)) === 'failing');
    await room.stopWorkers();
    const triedBefore = requests.length;
    open[0]!.answer(answerStatus(200));
    room.startWorker();
    await until('all delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 3);
    const first = requests.filter(({ headers }) => headers['webhook-sequence'] === '1');
    expect(first.at(-1)!.headers['webhook-attempt']).toBe(String(first.length));
    expect(requests.length).toBe(triedBefore + 3);
  });

  it('share the lanes without sending anything twice', async () => {
    const receivers = await Promise.all(Array.from({ length: 5 }, () => receiver()));
    for (const { url } of receivers) await room.createWebhook(url);
    room.startWorker();
    room.startWorker();
    for (let batch = 0; batch < 10; batch += 1) await room.changes(5);
    await until('all arrived', () => receivers.every(({ requests }) => requests.length >= 50));
    await room.stopWorkers();
    for (const { requests } of receivers) {
      expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(50);
      expect(requests).toHaveLength(50);
    }
  });

  it('that are frozen past their lease write nothing, and the message arrives by another', async () => {
    const { url, requests } = await receiver();
    // Ordered, or a look for a second message would go on renewing the lease.
    const { webhookId } = await room.createWebhook(url, { ordered: true });
    let thaw: () => void = () => undefined;
    let isFrozen = false;
    // One hand only, or this process would take the lane over from itself.
    room.startWorker({ leaseMs: 300, lanesMax: 1 }, async () => {
      isFrozen = true;
      await new Promise<void>((resolve) => (thaw = resolve));
      return {
        kind: 'answered',
        status: 410,
        retryAfter: null,
        excerpt: '',
        bodyBroken: false,
        durationMs: 1,
      };
    });
    await room.changes(1);
    await until('frozen', () => isFrozen);
    room.startWorker();
    await until('delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 1).finally(
      () => {
        thaw();
      },
    );
    await room.stopWorkers();
    expect(await room.phase(webhookId)).toBe('healthy');
    expect(await room.attempts(webhookId)).toMatchObject([
      { number: 1, outcome: 'outcome_unknown', status: null, error_code: 'worker_lost' },
      { number: 2, outcome: 'delivered', status: 200 },
    ]);
    expect(requests.map(({ headers }) => headers['webhook-attempt'])).toEqual(['2']);
  });

  it('that are drained leave what hangs to the next one', async () => {
    const { url, requests } = await receiver(neverAnswer);
    const { webhookId } = await room.createWebhook(url);
    room.startWorker({ drainMs: 20, leaseMs: 500 });
    await room.changes(1);
    await until('under way', () => requests.length === 1);
    await room.stopWorkers();
    expect(await room.attempts(webhookId)).toMatchObject([{ outcome: null }]);
    open[0]!.answer(answerStatus(200));
    room.startWorker();
    await until('delivered', async () => (await room.stateCounts(webhookId))['delivered'] === 1);
    expect((await room.attempts(webhookId))[0]).toMatchObject({ outcome: 'outcome_unknown' });
  });

  it('use a new URL and a new secret from the next message on', async () => {
    const before = await receiver();
    const after = await receiver();
    const { webhookId } = await room.createWebhook(before.url);
    room.startWorker({ ...quickWorker, pollMs: 60_000 });
    await room.changes(1);
    await until('the old one has it', () => before.requests.length === 1);
    await room.pool.query(
      'UPDATE notification.webhook SET url = $2, version = version + 1 WHERE webhook_id = $1',
      [webhookId, after.url],
    );
    await room.changes(1);
    await until('the new one has it', () => after.requests.length === 1);
    expect(before.requests).toHaveLength(1);
  });
});
