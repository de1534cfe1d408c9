import { languageOf } from './language.detector.ts';
import { newsSentences } from './news-sentences.fixture.ts';

const textIn = (language: string) => (newsSentences[language] ?? []).join(' ');

it.each(Object.keys(newsSentences))('tells that a short sentence is in %s', (language) => {
  for (const sentence of newsSentences[language] ?? []) {
    expect([sentence, languageOf(null, sentence)]).toEqual([sentence, { language, languageBy: 'detector' }]);
  }
});

it.each(['', 'ICRC', '12 345', '🔥🔥', '…'])('does not tell what cannot be told: "%s"', (text) => {
  expect(languageOf(null, text)).toEqual({ language: null, languageBy: null });
});

it('keeps the word of the publisher, with its region', () => {
  expect(languageOf('en-GB', textIn('en'))).toEqual({ language: 'en-GB', languageBy: 'publisher' });
});

it('takes a tag that says nothing for none', () => {
  expect(languageOf('und', textIn('hy'))).toEqual({ language: 'hy', languageBy: 'detector' });
});

it.each([
  ['en', 'ru'],
  ['en', 'fr'],
  ['az', 'tr'],
  ['ru', 'uk'],
])('marks a text that is said to be in %s and plainly is in %s', (declared, language) => {
  expect(languageOf(declared, textIn(language))).toEqual({
    language: declared,
    languageBy: 'publisher',
    detectedLanguage: language,
  });
});

it.each([
  ['a short text', 'fr', 'The road is blocked.'],
  ['a language that the detector does not know', 'ti', textIn('am')],
  ['another tag of the same language', 'iw', textIn('he')],
])('believes the publisher of %s', (_, declared, text) => {
  expect(languageOf(declared, text)).toEqual({ language: declared, languageBy: 'publisher' });
});

it('is not misled by foreign names in an English text', () => {
  const text =
    'Arayik Harutyunyan met Hikmet Hajiyev in Khankendi (Stepanakert), Zaxo and Xocavənd were named, and Təzəkənd, ' +
    'Şuşa and Ağdam as well; the talks on the road through Goris, Kornidzor and Berdzor go on, officials said.';
  expect(languageOf('en', text)).toEqual({ language: 'en', languageBy: 'publisher' });
});
