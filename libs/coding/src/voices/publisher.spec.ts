import { given } from '../coding.fixture.ts';

function speakerOf(publisher: string): string | undefined {
  return given('Today the Lachin corridor is closed.', { publisher }).claims[0]?.speaker;
}

describe('a publisher speaks', () => {
  it.each([
    ['Ministry for Europe and Foreign Affairs of Norway', 'Norway'],
    ["Prime Minister's Office of Norway", 'Norway'],
    ['Government of Norway, Press and Information Office', 'Norway'],
    ['Embassy of Norway in Egypt', 'Norway'],
    ['Norwegian Navy', 'Norway'],
    ['Ministry of Foreign Affairs of Ruritania', 'Ruritania'],
    ['Zenda Canal Authority', 'Zenda'],
  ])('for its state, as %s', (publisher, speaker) => {
    expect(speakerOf(publisher)).toBe(speaker);
  });

  it.each(['Maritime Ledger', 'Norwegian Navy Times', 'Norwegian Press Agency', 'General Berg Weekly'])(
    'for itself, as %s',
    (publisher) => {
      expect(speakerOf(publisher)).toBe(publisher);
    },
  );
});
