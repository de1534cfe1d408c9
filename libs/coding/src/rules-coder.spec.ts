import { given } from './coding.fixture.ts';

it('codes a report of several paragraphs with exact quotes', () => {
  const body = [
    'Paris and Berlin speak up',
    'France and Germany pledged on Thursday to work to end the blockade of Nagorno-Karabakh.',
    '“The consequences of the ongoing blockade are unacceptable. Families are separated,” the French foreign ministry said in a note.',
    'Foreign Minister Ararat Mirzoyan later underlined the need to reopen the Lachin corridor without delay.',
    'Azerbaijan, which denies blocking the road, said nothing new.',
    'The weather stays cold.',
  ].join('\n');
  const { claims, thenClaims } = given(body);
  thenClaims(
    'status blocked France',
    'status blocked Germany',
    'commitment France',
    'commitment Germany',
    'status blocked France',
    'condemnation France',
    'impact France',
    'status blocked Armenia',
    'demand Armenia',
    'denial open Azerbaijan',
  );
  for (const { start, end, quote } of claims) expect(body.slice(start, end)).toBe(quote);
});

it('gives no claims for a text in another language', () => {
  given('The Lachin corridor is closed.', { language: 'fr' }).thenNothing();
  given('The Lachin corridor is closed.', { language: 'en-GB' }).thenClaims('status blocked Morning Post');
  given('The Lachin corridor is closed.', { language: null }).thenClaims('status blocked Morning Post');
});
