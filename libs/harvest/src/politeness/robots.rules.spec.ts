import fc from 'fast-check';
import { robotsRules } from './robots.rules.ts';

function allows(robots: string, path: string): boolean {
  return robotsRules(robots, 'CorridorWatch').allows(new URL(`https://example.org${path}`));
}

describe('robots.txt', () => {
  it.each<[string, string, boolean]>([
    ['', '/a', true],
    ['User-agent: *\nDisallow: /', '/a', false],
    ['User-agent: *\nDisallow: /', '/robots.txt', true],
    ['User-agent: *\nDisallow:', '/a', true],
    ['User-agent: *\nDisallow: /private', '/privateer', false],
    ['User-agent: *\nDisallow: /private/', '/private', true],
    ['user-AGENT : *\r\ndisallow : /a # a comment\r\n', '/a', false],
    ['User-agent: *\rDisallow: /a', '/a', false],
    ['Disallow: /a', '/a', true],
    ['User-agent: OtherBot\nDisallow: /', '/a', true],
    ['User-agent: CorridorWatch\nDisallow: /', '/a', false],
    ['User-agent: corridorwatch/2.0\nDisallow: /', '/a', false],
    ['User-agent: CorridorWatchdog\nDisallow: /', '/a', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: CorridorWatch\nAllow: /', '/a', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: CorridorWatch\nDisallow: /x', '/a', true],
    ['User-agent: A\nUser-agent: CorridorWatch\nUser-agent: B\nDisallow: /', '/a', false],
    [
      'User-agent: CorridorWatch\nDisallow: /a\nUser-agent: B\nDisallow: /\nUser-agent: CorridorWatch\nDisallow: /b',
      '/b',
      false,
    ],
    ['User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /a', '/a', false],
    ['User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['User-agent: *\nAllow: /a/b\nDisallow: /a', '/a/b/c', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    ['User-agent: *\nDisallow: /*.pdf', '/x/y.pdf?z', false],
    ['User-agent: *\nDisallow: /a*b*c', '/a-b-c', false],
    ['User-agent: *\nDisallow: /a*b*c', '/a-c-b', true],
    ['User-agent: *\nDisallow: /a$', '/a', false],
    ['User-agent: *\nDisallow: /a$', '/ab', true],
    ['User-agent: *\nDisallow: /ab*ab$', '/ab', true],
    ['User-agent: *\nDisallow: /?id=', '/?id=7', false],
    ['User-agent: *\nDisallow: /новости', '/%d0%bd%D0%BE%d0%b2%d0%be%d1%81%d1%82%d0%b8', false],
    ['User-agent: *\nDisallow: /%7Ejoe', '/~joe', false],
  ])('%j on %s: %s', (robots, path, allowed) => {
    expect(allows(robots, path)).toBe(allowed);
  });

  it.each([
    ['User-agent: *\nCrawl-delay: 2.5', 2_500],
    ['User-agent: *\nCrawl-delay: soon', null],
    ['User-agent: *\nCrawl-delay: -1', null],
    ['User-agent: OtherBot\nCrawl-delay: 9', null],
  ])('asks for a pause: %j', (robots, crawlDelayMs) => {
    expect(robotsRules(robots, 'CorridorWatch').crawlDelayMs).toBe(crawlDelayMs);
  });

  it('answers for any file and any path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webPath(), (file, path) => {
        expect(typeof allows(`User-agent: *\nDisallow: ${file}`, path)).toBe('boolean');
      }),
    );
  });

  it('agrees with a pattern read as a regular expression', () => {
    const piece = fc.stringMatching(/^[ab*]{0,6}$/);
    fc.assert(
      fc.property(piece, fc.boolean(), fc.stringMatching(/^[ab]{0,8}$/), (pattern, anchored, path) => {
        const robots = `User-agent: *\nDisallow: /${pattern}${anchored ? '$' : ''}`;
        const expression = new RegExp(`^/${pattern.replaceAll('*', '.*')}${anchored ? '$' : ''}`);
        expect(allows(robots, `/${path}`)).toBe(!expression.test(`/${path}`));
      }),
    );
  });

  it('takes no time over a file made to take time', () => {
    const lines = ['User-agent: *', ...Array.from({ length: 2_000 }, () => `Disallow: /${'a*'.repeat(20)}b`)];
    const agents = Array.from({ length: 10_000 }, (_, index) => `User-agent: bot${index}`);
    const startedAt = performance.now();
    expect(allows([...lines, ...agents, 'Disallow: /'].join('\n'), `/${'a'.repeat(1_900)}`)).toBe(true);
    expect(allows(`User-agent: *\nDisallow: /${'*'.repeat(500_000)}`, '/a')).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
