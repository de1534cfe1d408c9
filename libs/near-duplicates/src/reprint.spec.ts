import { agencyReport, otherReport, paragraphsOf, readOut } from './near-duplicates.fixture.ts';
import { isReprint, similarity } from './reprint.ts';
import { sketchOf } from './sketch.ts';

const sameText = (one: string, other: string) => isReprint(sketchOf(one), sketchOf(other));
const similar = (one: string, other: string) => similarity(sketchOf(one), sketchOf(other));

const reprints: Readonly<Record<string, string>> = {
  'in capitals, with other quotes, dashes and line breaks': agencyReport
    .toUpperCase()
    .replaceAll('\n', '\n\n')
    .replaceAll(',', ' –'),
  'with a headline and a by-line': `Convoy waits at bridge\nFrom our reporter in the valley, 14:05\n${agencyReport}`,
  'without its last paragraph': paragraphsOf(agencyReport).slice(0, -1).join('\n'),
  'with a by-line and without its last paragraph': `From our reporter in the valley\n${paragraphsOf(agencyReport).slice(0, -1).join('\n')}`,
  'in another spelling': agencyReport.replaceAll('organisation', 'organization'),
  'with one figure corrected': agencyReport.replace('twelve', '12'),
};

it.each(Object.keys(reprints))('knows a reprint %s', (name) => {
  expect(sameText(agencyReport, reprints[name] ?? '')).toBe(true);
});

it('finds a reprint at least 0.90 similar, and another report at most 0.14', () => {
  expect(similar(agencyReport, `By our own staff. ${agencyReport}`)).toBeGreaterThanOrEqual(0.9);
  expect(similar(agencyReport, otherReport)).toBeLessThanOrEqual(0.14);
  expect(sameText(agencyReport, otherReport)).toBe(false);
});

it('tells two read-outs of one form by their figures', () => {
  const first = readOut('4', '12', '96', '7');
  const next = readOut('11', '15', '120', '9');
  expect(similar(first, next)).toBeGreaterThan(0.5);
  expect(sameText(first, next)).toBe(false);
});

it('takes a read-out in which one figure of many was corrected for the same', () => {
  expect(sameText(readOut('4', '12', '96', '7'), readOut('4', '12', '69', '7'))).toBe(true);
});

it('does not take a long report that quotes a short one for its copy', () => {
  const quoting = `${otherReport} ${paragraphsOf(agencyReport)[1] ?? ''}`;
  expect(sameText(paragraphsOf(agencyReport)[1] ?? '', quoting)).toBe(false);
});

it('takes short texts for the same only when their words are', () => {
  expect(sameText('The road is blocked, the mayor said.', 'THE ROAD IS BLOCKED — the mayor said')).toBe(true);
  expect(sameText('The road is blocked, the mayor said.', 'The road is blocked, the mayor says.')).toBe(
    false,
  );
});

it('reads texts without spaces letter by letter', () => {
  const text =
    '救援组织在每日通报中说，周四由十二辆卡车组成的车队在桥边等了九个小时才获准通过。卡车运载面粉、食用油和药品。';
  expect(sameText(text, `本报讯：${text}`)).toBe(true);
  expect(
    sameText(
      text,
      '东部平原的农民已经开始采摘杏子，比往年晚了两周，因为四月的寒冷推迟了花期。种植者预计今年的产量会减少。',
    ),
  ).toBe(false);
});
