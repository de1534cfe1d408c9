import { brokerClassPath } from './broker-jars.ts';

describe('the jars of the test broker', () => {
  const path = process.env['PATH'];

  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('cannot be had without Java, and one sentence says so', async () => {
    process.env['PATH'] = '/nowhere';
    await expect(brokerClassPath()).rejects.toThrow(
      'The Kafka tests need Java 17 or later to start a broker, and the command "java" does not run here: ' +
        'install it, or set KAFKA_BROKERS to the address of a running broker',
    );
  });
});
