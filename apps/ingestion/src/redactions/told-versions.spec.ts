import { type RecordedEvent } from '#events';
import { sentenceKey, toldVersions, wordedVersionsIn } from './told-versions.ts';

const corridor = 'valley-road';
const coding = (position: number, quote: string, speakerName: string | null = null) =>
  ({
    type: 'StatementCoded',
    position,
    payload: { corridor, title: null, claims: [{ claimId: 'a', quote, speakerName }] },
  }) as unknown as RecordedEvent;
const told = (...history: readonly RecordedEvent[]) =>
  toldVersions(wordedVersionsIn(history), new Map()).map((version) => version.told);

it('tells what each sentence told the rules', () => {
  expect(told(coding(2, 'We have closed it.'), coding(3, 'It has been shut since Monday.'))).toMatchObject([
    { ownAct: true, lasting: false, spanning: false },
    { ownAct: false, lasting: true, spanning: true },
  ]);
});

it('numbers the words that a claim had, and gives the same words the same number', () => {
  const history = [coding(2, 'Shut.'), coding(3, 'Shut.', 'A. Person'), coding(4, 'Shut.')];
  expect(told(...history).map(({ variant }) => variant)).toEqual([0, 1, 0]);
});

it('names the nearest thousand of those that say the same, in an order of their own', () => {
  const others = Array.from({ length: 1_200 }, (_, index) => `other-${String(9_999 - index)}`);
  const [version] = toldVersions(
    wordedVersionsIn([coding(2, 'Shut.')]),
    new Map([[sentenceKey(corridor, 'Shut.'), others]]),
  );
  expect(version?.told.sameWordsAs).toEqual(others.slice(0, 1_000).sort());
});
