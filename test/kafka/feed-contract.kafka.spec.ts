import { openKafkaFeed, openKafkaPublisher, openLedgerFeed, startRelay } from '#feed';
import { sharedBroker } from './broker/shared-broker.ts';
import { feedContract } from './feed-contract.ts';
import { quiet } from './feed-scene.ts';

// A machine under load may take its time; what is waited for is a condition, not a span.
import.meta.jest.setTimeout(60_000);

feedContract('ledger', ({ ledger, pool }) =>
  Promise.resolve({
    openFeed: () => Promise.resolve(openLedgerFeed({ ledger, pool, log: quiet })),
    close: () => Promise.resolve(),
  }),
);

feedContract('Kafka', ({ ledger, pool, prefix }) => {
  const kafka = {
    brokers: sharedBroker(),
    clientId: 'feed-test',
    topic: `${prefix}.events`,
    replicationFactor: 1,
    retentionMs: 3_600_000,
    pool,
    log: quiet,
  };
  const publisher = openKafkaPublisher(kafka);
  const relay = startRelay({ ledger, pool, publisher, holder: 'relay', log: quiet });
  return Promise.resolve({
    openFeed: () => openKafkaFeed({ ...kafka, ledger }),
    close: async () => {
      await relay.stop();
      await publisher.close();
    },
  });
});
