import { type ClaimType } from '#events';
import { given } from './coding.fixture.ts';

const lead = 'The Lachin corridor has been closed since December. ';
const typesAfterLead = (sentence: string) =>
  new Set(
    given(lead + sentence)
      .claims.filter(({ start }) => start >= lead.length)
      .map(({ type }) => type),
  );

describe('where a text is about one corridor, an act needs no name of it', () => {
  it.each<[ClaimType, string]>([
    ['engagement', 'The envoy shuttled between the capitals.'],
    ['engagement', 'I just got off the phone with the president of Azerbaijan.'],
    ['engagement', 'A resolution was vetoed by Russia.'],
    ['engagement', 'Both countries remain in close contact with the mediators.'],
    ['demand', 'The trucks should be allowed in at once.'],
    ['demand', 'We want to see this end.'],
    ['demand', 'Aid agencies are pleading for access.'],
    ['demand', 'It is imperative that patients can leave.'],
    ['commitment', 'We stand ready to send more doctors.'],
    ['commitment', 'A hotline will be set up and convoys will be escorted.'],
    ['commitment', 'The permit has been extended by six months.'],
    ['commitment', 'The minister gave his word that the buses would go.'],
    ['impact', 'Families are burning furniture to keep warm.'],
    ['impact', 'The price of a loaf has tripled.'],
    ['impact', 'Farmers are throwing away their milk.'],
    ['impact', 'She has not seen her husband for four months.'],
    ['condemnation', 'The peacekeepers stood by while it happened.'],
    ['condemnation', 'The step is incompatible with humanitarian law.'],
    ['condemnation', 'The senator branded it a disgrace.'],
  ])('%s in "%s"', (type, sentence) => {
    expect(typesAfterLead(sentence)).toContain(type);
  });

  it.each([
    'The orchestra will play Brahms.',
    'The minister opened a factory in the south.',
    'The museum holds old carpets.',
    'The committee will also consider a bill on fisheries.',
    'The team needs a new coach.',
    'Next question.',
  ])('and nothing is heard in "%s"', (sentence) => {
    expect([...typesAfterLead(sentence)]).toEqual([]);
  });
});
