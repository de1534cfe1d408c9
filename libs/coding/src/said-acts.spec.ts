import { type ClaimType } from '#events';
import { given } from './coding.fixture.ts';

const typesIn = (body: string) => new Set(given(body).claims.map(({ type }) => type));
const isHeardIn = (type: ClaimType) => (sentence: string) => typesIn(sentence).has(type);
const named = 'The Lachin corridor was on the news. ';

describe('a demand is heard', () => {
  it.each([
    'Spain implored Baku to unblock the Lachin corridor.',
    'Spain told the government of Azerbaijan to clear the Lachin corridor.',
    'Spain wants the Lachin corridor reopened.',
    'It is high time to lift the blockade of Nagorno-Karabakh.',
    'Azerbaijan is obliged to let trucks pass through the Lachin corridor.',
    'The Lachin corridor must never be closed again.',
    'Let the convoys use the Lachin corridor.',
    'Spain warned that Baku would face consequences unless it reopened the Lachin corridor.',
    'If Baku does not lift the blockade of Nagorno-Karabakh, it will face consequences.',
    `${named}Spain pleaded for unhindered passage of ambulances.`,
    `${named}The guards should let the convoys through.`,
  ])('in "%s"', (sentence) => {
    expect(isHeardIn('demand')(sentence)).toBe(true);
  });

  it('not in a refusal to ask', () => {
    expect(typesIn('Spain refused to call for the reopening of the Lachin corridor.')).not.toContain(
      'demand',
    );
  });
});

describe('blame is heard', () => {
  it.each([
    'Spain decried the closure of the Lachin corridor.',
    'Closing the Lachin corridor is a flagrant breach of the truce.',
    'Nothing can justify the blockade of Nagorno-Karabakh.',
    'Baku uses the Lachin corridor as an instrument of blackmail.',
    'Baku alone is responsible for what happens on the Lachin corridor.',
    'Spain deplored the failure to open the Lachin corridor.',
    `${named}This is collective punishment.`,
    `${named}Such measures are unlawful.`,
  ])('in "%s"', (sentence) => {
    expect(isHeardIn('condemnation')(sentence)).toBe(true);
  });

  it('not in telling who closed it', () => {
    expect(typesIn('Protesters closed the Lachin corridor.')).not.toContain('condemnation');
  });
});

describe('engagement is heard', () => {
  it.each([
    'The ministers of Spain and Chile went through a long night of talks on the Lachin corridor.',
    'Spain telephoned Baku about the Lachin corridor.',
    'The council held an emergency session on the Lachin corridor.',
    'Spain has sounded out both sides on the Lachin corridor.',
    'An envoy for the Lachin corridor was named, and Spain received him.',
    'Spain is mediating between Armenia and Azerbaijan over the Lachin corridor.',
    `${named}Spain summoned the ambassador of Azerbaijan.`,
    `${named}The minister raised this with her colleague.`,
    `${named}The two sides haggled for hours over the convoys.`,
  ])('in "%s"', (sentence) => {
    expect(isHeardIn('engagement')(sentence)).toBe(true);
  });

  it('not in a closure that someone is engaged in', () => {
    expect(typesIn('Troops are engaged in the blockade of Nagorno-Karabakh.')).not.toContain('engagement');
  });
});

describe('a commitment is heard', () => {
  it.each([
    'Spain vowed to help to reopen the Lachin corridor.',
    'Spain is willing to escort convoys through the Lachin corridor.',
    'Spain will send monitors to the Lachin corridor.',
    'Spain gave its word that the Lachin corridor would be kept open.',
    'Baku assured Spain that it will not obstruct the Lachin corridor.',
    'Spain has earmarked two million euros for the Lachin corridor.',
    `${named}Baku promised to let ambulances through at the checkpoint.`,
    `${named}Passage will be restored within a week.`,
  ])('in "%s"', (sentence) => {
    expect(isHeardIn('commitment')(sentence)).toBe(true);
  });

  it('not in a threat to close', () => {
    expect(typesIn('Azerbaijan will close the Lachin corridor.')).not.toContain('commitment');
  });
});

describe('what it does to people is heard', () => {
  it.each([
    'The blockade of Nagorno-Karabakh left families without heating.',
    'Since the Lachin corridor closed, the price of bread has doubled.',
    'Thousands are stranded because the Lachin corridor is closed.',
    'Thanks to the Lachin corridor prices have come down.',
    `${named}Bread is rationed.`,
    `${named}Schools have been shut and surgeries have been postponed.`,
    `${named}Families eat one meal a day.`,
    `${named}Queues formed before dawn.`,
    `${named}Two patients have died.`,
  ])('in "%s"', (sentence) => {
    expect(isHeardIn('impact')(sentence)).toBe(true);
  });

  it('not in a contract that runs out', () => {
    expect(typesIn(`${named}The contract of the coach runs out in June.`)).not.toContain('impact');
  });
});

it('none of them without a corridor', () => {
  given(
    'Spain urged Chile to let trucks pass. Bread is rationed. This is collective punishment.',
  ).thenNothing();
});
