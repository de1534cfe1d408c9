import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '../harness/until.ts';
import { sharedBroker } from './broker/shared-broker.ts';
import { type KafkaScene, setKafkaScene } from './kafka-scene.ts';
import { type RelayProcessSettings } from './relay-process.ts';

// A machine under load may take its time; what is waited for is a condition, not a span.
import.meta.jest.setTimeout(60_000);

describe('relays', () => {
  let scene: KafkaScene;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    scene = await setKafkaScene(sharedBroker());
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
    }
    await scene.close();
  });

  function startProcess(holder: string): { child: ChildProcess; told: string[] } {
    const settings: RelayProcessSettings = {
      brokers: sharedBroker(),
      topic: scene.topic,
      databaseUrl: scene.databaseUrl,
      holder,
      leaseMs: 1_500,
    };
    const child = fork(join(import.meta.dirname, 'relay-process.ts'), [JSON.stringify(settings)], {
      execArgv: ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '-C', 'source'],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    children.push(child);
    const told: string[] = [];
    child.on('message', (message) => told.push(message as string));
    return { child, told };
  }

  it('elect another one at once when the leader stops', async () => {
    const first = scene.startRelay({ holder: 'first', leaseMs: 30_000 });
    await until('the first leads', async () => (await first.health()).leading);
    const second = scene.startRelay({ holder: 'second', leaseMs: 1_000 });
    await first.stop();
    await until('the second leads', async () => (await second.health()).leading, { withinMs: 3_000 });
  });

  it('have one leader at a time', async () => {
    const relays = ['a', 'b', 'c'].map((holder) => scene.startRelay({ holder }));
    await scene.append(300);
    await scene.untilPublished();
    const leading = (await Promise.all(relays.map((relay) => relay.health()))).filter(
      (health) => health.leading,
    );
    expect(leading).toHaveLength(1);
  });

  it('fence a leader that was frozen while another one took over: it writes nothing, and order holds', async () => {
    const { child, told } = startProcess('frozen');
    await until('the process leads', () => told.includes('the relay leads'), { withinMs: 20_000 });
    const consumer = scene.newConsumer();
    await (await scene.openFeed()).subscribe(consumer);
    // So many that it is frozen amid its work, with a batch in flight.
    await scene.append(2_000);
    await until('it has published some', async () => (await consumer.effectCount()) > 0, {
      withinMs: 20_000,
    });
    child.kill('SIGSTOP');
    await scene.append(100);
    const second = scene.startRelay({ holder: 'second' });
    await until('the second leads', async () => (await second.health()).leading, { withinMs: 20_000 });
    await scene.append(100);
    await scene.untilPublished();
    const before = await cursorRow(scene);
    child.kill('SIGCONT');
    await until('the first is fenced', () => told.some((message) => message.startsWith('fenced ')), {
      withinMs: 20_000,
    });
    expect(await cursorRow(scene)).toEqual(before);
    expect((await second.health()).leading).toBe(true);
    await scene.append(100);
    await scene.expectComplete(consumer);
  });

  it('lose nothing and repeat nothing to consumers when the leader is killed while it publishes', async () => {
    const { child, told } = startProcess('killed');
    await until('the process leads', () => told.includes('the relay leads'), { withinMs: 20_000 });
    const consumer = scene.newConsumer();
    await (await scene.openFeed()).subscribe(consumer);
    await scene.append(500);
    await until('it has published some', async () => (await consumer.effectCount()) > 0, {
      withinMs: 20_000,
    });
    child.kill('SIGKILL');
    scene.startRelay({ holder: 'second' });
    await scene.expectComplete(consumer);
  });
});

async function cursorRow({ pool, topic }: KafkaScene): Promise<unknown> {
  const { rows } = await pool.query(
    'SELECT position, epoch, holder FROM feed.relay_cursor WHERE topic = $1',
    [topic],
  );
  return rows[0];
}
