import { readFileSync } from 'node:fs';
import { productVersion } from '#platform';
import { notificationSettings } from './notification.config.ts';
import { notificationOptions } from './notification.options.ts';

const needed = { DATABASE_URL: 'postgres://u:p@db:5432/cw', KAFKA_BROKERS: 'kafka:9092' };

describe('the settings of notification', () => {
  it('are safe when nothing is set', () => {
    const options = notificationOptions(notificationSettings(needed), 'http://localhost:3000');
    expect(options.targets).toEqual({ allowHttp: false, allowLoopback: false, allowedAddresses: new Set() });
    expect(options.limits).toEqual({ webhookCountMax: 1_000, messageAgeMs: (75 * 60 + 35) * 60_000 });
    expect(options.worker.leaseMs).toBeGreaterThan(options.sender.attemptTimeoutMs);
    expect(options.identity.publicUrl).toBe('http://localhost:3000');
  });

  it.each([
    ['WEBHOOK_SECRET_KEY', 'c2hvcnQ='],
    ['WEBHOOK_ALLOW_LOOPBACK', 'yes'],
    ['WEBHOOK_ALLOWED_ADDRESSES', '10.0.0.0/8'],
    ['WEBHOOK_ALLOWED_ADDRESSES', 'intranet'],
    ['WEBHOOK_DNS_SERVERS', 'dns.example.org'],
    ['WEBHOOK_CA_FILE', '/nowhere/ca.pem'],
    ['WEBHOOK_SCHEDULE_SCALE', '0'],
    ['WEBHOOK_MESSAGE_AGE_MINUTES', '59'],
    ['WEBHOOK_LANES_MAX', '100000'],
    ['PUBLIC_URL', 'ftp://example.org'],
  ])('name %s when it is %s', (name, value) => {
    expect(() => notificationSettings({ ...needed, [name]: value })).toThrow(`Cannot start: ${name} `);
  });

  it('read lists and links', () => {
    const settings = notificationSettings({
      ...needed,
      PUBLIC_URL: 'https://watch.example.org/',
      WEBHOOK_ALLOWED_ADDRESSES: '10.0.0.5, ::ffff:10.0.0.6',
      WEBHOOK_DNS_SERVERS: '127.0.0.1:5353,[::1]:53,9.9.9.9',
    });
    const options = notificationOptions(settings, 'unused');
    expect(options.identity.publicUrl).toBe('https://watch.example.org');
    expect([...options.targets.allowedAddresses]).toEqual(['10.0.0.5', '10.0.0.6']);
    expect(options.resolver.dnsServers).toHaveLength(3);
  });

  it('name the version of the package to receivers', () => {
    const url = new URL('../../../package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(url, 'utf8')) as { version: string };
    expect(productVersion).toBe(version);
  });
});
