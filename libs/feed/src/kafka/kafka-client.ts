import { Kafka, type LogEntry, logLevel } from 'kafkajs';
import { type FeedLog } from '../feed.ts';
import { mendIdleTimer } from './idle-timer.mend.ts';

/** Where the brokers are and how to be let in. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** PEM of the authority that signed the brokers' certificates; `true` trusts the machine's own. */
  readonly ssl?: { readonly ca: string } | true;
  readonly sasl?: {
    readonly mechanism: 'scram-sha-256' | 'scram-sha-512' | 'plain';
    readonly username: string;
    readonly password: string;
  };
}

export function createKafka(connection: KafkaConnection, log: FeedLog): Kafka {
  mendIdleTimer();
  const { brokers, clientId, ssl, sasl } = connection;
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl: ssl === true ? true : { ca: [ssl.ca] } }),
    ...(sasl === undefined
      ? {}
      : { sasl: { ...sasl } as Required<KafkaConnection>['sasl'] & { mechanism: 'plain' } }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    // Whoever uses the client goes on trying for ever; here it is about a leader that moves.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => {
      tell(log, entry);
    },
  });
}

/** kafkajs calls every refused connection an error; to us it is one only if it lasts, and then we say so. */
function tell(log: FeedLog, { level, namespace, log: { message, ...facts } }: LogEntry): void {
  if (level === logLevel.ERROR) log.warn({ kafkajs: namespace, ...facts }, message);
  else log.debug({ kafkajs: namespace, ...facts }, message);
}
