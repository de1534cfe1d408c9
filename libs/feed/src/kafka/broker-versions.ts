import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type KafkaConnection } from './kafka-client.ts';

/** Waiting does not help: the broker has dropped, or does not have yet, what this client speaks. */
export class UnsupportedBrokerError extends Error {
  readonly code = 'unsupported_broker';
}

interface VersionRange {
  readonly min: number;
  readonly max: number;
}

type ApiVersions = ReadonlyMap<number, VersionRange>;

/** The versions of the requests that we use, as kafkajs 2.2.4 speaks them; a test compares them with its source. */
export const spokenVersions: readonly (VersionRange & { api: string; key: number })[] = [
  { api: 'Produce', key: 0, min: 0, max: 7 },
  { api: 'Fetch', key: 1, min: 0, max: 11 },
  { api: 'ListOffsets', key: 2, min: 0, max: 3 },
  { api: 'Metadata', key: 3, min: 0, max: 6 },
  { api: 'OffsetCommit', key: 8, min: 0, max: 5 },
  { api: 'OffsetFetch', key: 9, min: 1, max: 4 },
  { api: 'GroupCoordinator', key: 10, min: 0, max: 2 },
  { api: 'JoinGroup', key: 11, min: 0, max: 5 },
  { api: 'Heartbeat', key: 12, min: 0, max: 3 },
  { api: 'LeaveGroup', key: 13, min: 0, max: 3 },
  { api: 'SyncGroup', key: 14, min: 0, max: 3 },
  { api: 'ApiVersions', key: 18, min: 0, max: 2 },
  { api: 'CreateTopics', key: 19, min: 0, max: 3 },
];

/** @throws UnsupportedBrokerError naming the first request that the two have no version of in common */
export function demandSpokenVersions(broker: string, offered: ApiVersions): void {
  for (const { api, key, min, max } of spokenVersions) {
    const range = offered.get(key);
    if (range !== undefined && range.min <= max && range.max >= min) continue;
    const theirs = range === undefined ? `no ${api}` : `${api} ${range.min} to ${range.max}`;
    throw new UnsupportedBrokerError(
      `The broker ${broker} offers ${theirs}, and this client speaks ${api} ${min} to ${max}: it needs Kafka 3.9 or 4.x`,
    );
  }
}

/**
 * Asks the first broker that answers.
 * @throws UnsupportedBrokerError, or any other error when none answers
 */
export async function checkBrokerVersions(
  { brokers, ssl }: KafkaConnection,
  timeoutMs = 3_000,
): Promise<void> {
  let failure: unknown = new Error('No broker is given');
  for (const broker of brokers) {
    try {
      demandSpokenVersions(broker, await askVersions(broker, ssl, timeoutMs));
      return;
    } catch (error) {
      if (error instanceof UnsupportedBrokerError) throw error;
      failure = error;
    }
  }
  throw new Error(`No broker of ${brokers.join(', ')} answers`, { cause: failure });
}

// ApiVersions v0: size, api key 18, version 0, correlation id, client id. Brokers answer it before authentication.
const request = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

async function askVersions(
  broker: string,
  ssl: KafkaConnection['ssl'],
  timeoutMs: number,
): Promise<ApiVersions> {
  const { hostname: host, port } = new URL(`kafka://${broker}`);
  const signal = AbortSignal.timeout(timeoutMs);
  const socket: Socket =
    ssl === undefined
      ? connect({ host, port: Number(port) })
      : connectTls({ host, port: Number(port), servername: host, ...(ssl === true ? {} : { ca: ssl.ca }) });
  try {
    await once(socket, ssl === undefined ? 'connect' : 'secureConnect', { signal });
    socket.write(request);
    return parseVersions(await readAnswer(socket, signal));
  } finally {
    socket.destroy();
  }
}

async function readAnswer(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  let answer = Buffer.alloc(0);
  while (answer.length < 4 || answer.length < 4 + answer.readInt32BE(0)) {
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer];
    answer = Buffer.concat([answer, chunk]);
  }
  return answer.subarray(4);
}

function parseVersions(answer: Buffer): ApiVersions {
  // Correlation id (4 bytes), error code (2), then an array of key, lowest and highest version.
  const apiCount = answer.readInt32BE(6);
  const offered = Array.from({ length: apiCount }, (_, index): [number, VersionRange] => {
    const start = 10 + index * 6;
    return [
      answer.readInt16BE(start),
      { min: answer.readInt16BE(start + 2), max: answer.readInt16BE(start + 4) },
    ];
  });
  return new Map(offered);
}
