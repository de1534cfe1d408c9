import { Pool } from 'undici';
import pg from 'pg';
import { laneOf } from '#feed';
import { benchCorridors } from './bench-corridors.ts';
import { CheckpointWatch } from './checkpoint-watch.ts';
import { type Deployment } from './deployment.ts';
import { paced } from './paced-load.ts';
import { until } from '../test/harness/until.ts';

interface Sent {
  readonly at: number;
  readonly statementId: string;
}

const dayMs = 24 * 3_600 * 1_000;
const connectionsMax = 64;

/** Posts statements to a deployment and tells how long each took until a query would answer with it. */
export class StatementLoad {
  private readonly http: Pool;
  private readonly deployment: Deployment;
  private readonly databaseUrl: string;
  private sentCount = 0;

  constructor(deployment: Deployment, databaseUrl: string) {
    this.deployment = deployment;
    this.databaseUrl = databaseUrl;
    this.http = new Pool(deployment.intake, { connections: connectionsMax });
  }

  async registerCorridors(): Promise<void> {
    for (const { id, definition } of benchCorridors)
      await this.send('PUT', `/v1/corridors/${id}`, definition);
  }

  /** @returns milliseconds from the sending of the POST, sorted */
  async latenciesMs(ratePerSecond: number, seconds: number): Promise<readonly number[]> {
    const watch = await CheckpointWatch.start(this.databaseUrl);
    try {
      const sent = await paced({ ratePerSecond, count: ratePerSecond * seconds }, () => this.post());
      const coded = await this.codedPlaces(sent);
      const latencies = await Promise.all(
        sent.map(async ({ at, statementId }) => {
          const place = coded.get(statementId);
          if (place === undefined) throw new Error(`Statement ${statementId} has no claims`);
          const seenAt = await until('the projection has it', () => watch.seenAt(place.lane, place.position));
          return seenAt - at;
        }),
      );
      return latencies.toSorted((one, other) => one - other);
    } finally {
      await watch.stop();
    }
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private async post(): Promise<Sent> {
    const statement = statementOf(this.sentCount++);
    const at = performance.now();
    const { statementId } = (await this.send('POST', '/v1/statements', statement)) as Omit<Sent, 'at'>;
    return { at, statementId };
  }

  /** Where the ledger has the claims; asked after the run, so that it costs the run nothing. */
  private async codedPlaces(
    sent: readonly Sent[],
  ): Promise<ReadonlyMap<string, { lane: number; position: number }>> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ stream_id: string; position: string; key: string }>(
      `SELECT stream_id, position, key FROM ledger.event WHERE type = 'StatementCoded' AND stream_id = ANY($1)`,
      [sent.map(({ statementId }) => `statement-${statementId}`)],
    );
    await client.end();
    return new Map(
      rows.map(({ stream_id, position, key }) => [
        stream_id.slice('statement-'.length),
        { lane: laneOf(key), position: Number(position) },
      ]),
    );
  }

  private async send(method: 'PUT' | 'POST', path: string, body: object): Promise<unknown> {
    const { statusCode, body: answer } = await this.http.request({
      method,
      path,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.deployment.adminKey}`,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode !== 201) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`);
    return JSON.parse(text);
  }
}

/** About the corridors in turn, two a day for each, so that days fill up as they do with real news. */
function statementOf(index: number): object {
  const corridor = benchCorridors[index % benchCorridors.length];
  const name = corridor?.definition.name ?? '';
  const day = Math.floor(index / benchCorridors.length / 2) % 1_500;
  const state = Math.floor(day / 30) % 2 === 0 ? 'blocked' : 'open';
  return {
    publisher: `Paper ${index % 40}`,
    publishedAt: new Date(Date.UTC(2021, 0, 1) + day * dayMs).toISOString(),
    language: 'en',
    about: [corridor?.id],
    body: [
      `The ${name} is ${state} to all traffic, the United Nations said on Friday in its update number ${index}.`,
      `Northland demanded that the ${name} be opened at once.`,
      `Lorry drivers had waited since the morning, and shops near the road closed early, report ${index} said.`,
    ].join('\n'),
  };
}
