import fc from 'fast-check';
import { addressGuard, type CheckedTarget } from './address.guard.ts';
import { TargetRefusedError } from './address-guard.error.ts';
import { type NameResolver } from './name.resolver.ts';
import { type TargetPolicy } from './target.policy.ts';

const strict: TargetPolicy = { allowHttp: false, allowLoopback: false, allowedAddresses: new Set() };
const publicAnswers: NameResolver = () => Promise.resolve(['93.184.216.34', '2606:2800:220:1::1']);

function check(url: string, policy = strict, resolve = publicAnswers): Promise<CheckedTarget> {
  return addressGuard(policy, resolve).check(url);
}

async function codeOf(url: string, policy = strict, resolve = publicAnswers): Promise<string> {
  try {
    await check(url, policy, resolve);
    return 'accepted';
  } catch (error) {
    if (error instanceof TargetRefusedError) return error.code;
    throw error;
  }
}

describe('the address guard', () => {
  it.each([
    'https://example.org/hook',
    'https://example.org:443/hook?token=a',
    'https://example.org./hook',
    'https://bücher.example.org/',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
  ])('accepts %s', async (url) => {
    await expect(codeOf(url)).resolves.toBe('accepted');
  });

  it.each([
    ['', 'nothing'],
    ['example.org', 'no scheme'],
    ['https:example.org', 'no slashes'],
    ['http:\\\\example.org', 'backslashes'],
    ['ftp://example.org/', 'another scheme'],
    ['file:///etc/passwd', 'a file'],
    ['gopher://example.org/', 'an old scheme'],
    ['http://example.org/', 'no encryption'],
    ['https://user@example.org/', 'a user name'],
    ['https://user:pass@example.org/', 'a password'],
    ['https://example.org:8443/', 'an odd port'],
    ['https://example.org:22/', 'a port of another service'],
    ['https://example.org:0/', 'port 0'],
    ['https://exam\tple.org/', 'a tab'],
    ['https://example.org/\r\nx', 'a line break'],
    [' https://example.org/', 'a leading space'],
    ['https://example..org/', 'an empty label'],
    [`https://example.org/${'a'.repeat(2_000)}`, 'endless length'],
  ])('refuses the URL %j: %s', async (url) => {
    await expect(codeOf(url)).resolves.toBe('url_refused');
  });

  it.each([
    'https://127.0.0.1/',
    'http://127.0.0.1:8080/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://%31%32%37.0.0.1/',
    'https://１２７.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://127。0。0。1/',
    'https://0.0.0.0/',
    'https://0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://192.0.0.8/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://198.51.100.1/',
    'https://203.0.113.1/',
    'https://224.0.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://168.63.129.16/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:168.63.129.16]/',
    'https://[::ffff:0:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:53aa:64c::1]/',
    'https://[2001:db8::1]/',
    'https://[3fff::1]/',
    'https://[fc00::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    'https://[100::1]/',
    'https://[4000::1]/',
    'https://[5f00::1]/',
  ])('blocks the address %s', async (url) => {
    await expect(codeOf(url)).resolves.toBe('blocked_address');
  });

  it.each([
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://a.localhost/',
    'https://intranet/',
    'https://router.local/',
    'https://metadata.google.internal/',
    'https://nas.home.arpa/',
    'https://db.lan/',
    'https://ｌocalhost/',
  ])('blocks the name %s without asking the DNS', async (url) => {
    const resolve = (): never => {
      throw new Error('asked the DNS');
    };
    await expect(codeOf(url, strict, resolve)).resolves.toBe('blocked_address');
  });

  it.each([
    [['127.0.0.1']],
    [['93.184.216.34', '10.0.0.1']],
    [['93.184.216.34', '::1']],
    [['::ffff:192.168.0.1']],
    [['168.63.129.16']],
    [['2606:2800:220:1::1', 'fd00::1']],
  ])('blocks a name that answers %j', async (answers) => {
    await expect(codeOf('https://example.org/', strict, () => Promise.resolve(answers))).resolves.toBe(
      'blocked_address',
    );
  });

  it('hands out exactly the addresses that it checked', async () => {
    const { addresses, host } = await check('https://Example.org./hook');
    expect(addresses).toEqual(['93.184.216.34', '2606:2800:220:1::1']);
    expect(host).toBe('example.org');
  });

  it('blocks every IPv6 address outside 2000::/3', async () => {
    const firstWord = fc.integer({ min: 0, max: 0xffff }).filter((word) => word >> 13 !== 1);
    await fc.assert(
      fc.asyncProperty(firstWord, fc.integer({ min: 0, max: 0xffff }), async (first, last) => {
        const url = `https://[${first.toString(16)}:1:2:3:4:5:6:${last.toString(16)}]/`;
        expect(await codeOf(url)).toBe('blocked_address');
      }),
    );
  });
});

describe('the address guard with loopback allowed', () => {
  const loopback: TargetPolicy = { ...strict, allowLoopback: true };

  it.each(['http://127.0.0.1:8080/', 'http://127.8.8.8/', 'http://[::1]:9000/', 'https://localhost:1/'])(
    'accepts %s',
    async (url) => {
      await expect(codeOf(url, loopback)).resolves.toBe('accepted');
    },
  );

  it('knows localhost without asking anyone', async () => {
    const { addresses } = await check('http://localhost:8080/', loopback);
    expect(addresses).toEqual(['127.0.0.1', '::1']);
  });

  it.each(['https://10.0.0.1/', 'https://0.0.0.0/', 'https://[::]/', 'https://169.254.169.254/'])(
    'still blocks %s',
    async (url) => {
      await expect(codeOf(url, loopback)).resolves.toBe('blocked_address');
    },
  );

  it('still wants https of a public host, and no password of anyone', async () => {
    await expect(codeOf('http://example.org/', loopback)).resolves.toBe('url_refused');
    await expect(codeOf('http://user@127.0.0.1/', loopback)).resolves.toBe('url_refused');
  });

  it('still blocks a public name that answers with loopback', async () => {
    const rebound: NameResolver = () => Promise.resolve(['127.0.0.1']);
    await expect(codeOf('https://example.org/', loopback, rebound)).resolves.toBe('blocked_address');
  });
});

describe('the address guard with an address allowed', () => {
  const policy: TargetPolicy = { ...strict, allowedAddresses: new Set(['10.1.2.3']) };

  it('lets that address through in every spelling, and its neighbour not', async () => {
    await expect(codeOf('http://10.1.2.3:8080/', policy)).resolves.toBe('accepted');
    await expect(codeOf('http://[::ffff:10.1.2.3]:8080/', policy)).resolves.toBe('accepted');
    await expect(codeOf('https://10.1.2.4/', policy)).resolves.toBe('blocked_address');
  });
});
