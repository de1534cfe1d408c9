import { createRequire } from 'node:module';
import { demandSpokenVersions, spokenVersions, UnsupportedBrokerError } from './broker-versions.ts';

const require = createRequire(import.meta.url);
const { requests } = require('kafkajs/src/protocol/requests') as {
  requests: Record<string, { versions: (string | number)[] }>;
};
const keys = require('kafkajs/src/protocol/requests/apiKeys') as Record<string, number>;

const offered = new Map(spokenVersions.map(({ key, min, max }) => [key, { min, max: max + 5 }]));

describe('the versions of the broker', () => {
  it.each(spokenVersions)('are compared with what kafkajs speaks of $api', ({ api, key, min, max }) => {
    const versions = requests[api]!.versions.map(Number);
    expect({ key, min, max }).toEqual({
      key: keys[api],
      min: Math.min(...versions),
      max: Math.max(...versions),
    });
  });

  it('pass when each request has one in common', () => {
    expect(() => {
      demandSpokenVersions('a:9092', offered);
    }).not.toThrow();
  });

  it('are refused by name when the broker has dropped ours', () => {
    const newer = new Map(offered).set(1, { min: 12, max: 18 });
    expect(() => {
      demandSpokenVersions('a:9092', newer);
    }).toThrow(
      new UnsupportedBrokerError(
        'The broker a:9092 offers Fetch 12 to 18, and this client speaks Fetch 0 to 11: it needs Kafka 3.9 or 4.x',
      ),
    );
  });

  it('are refused when the broker does not know a request at all', () => {
    const older = new Map(offered);
    older.delete(19);
    expect(() => {
      demandSpokenVersions('a:9092', older);
    }).toThrow('no CreateTopics');
  });
});
