import { type CodableStatement } from '../coder.ts';
import { given } from '../coding.fixture.ts';

/** Who the claims of a text are ascribed to: "Speaker" or "Speaker (Person)". */
function speakersOf(body: string, more: Partial<CodableStatement> = {}): readonly string[] {
  const { claims } = given(body, more);
  const names = claims.map(({ speaker, speakerName }) =>
    speakerName === null ? speaker : `${speaker} (${speakerName})`,
  );
  return [...new Set(names)];
}

const closed = 'the Lachin corridor is closed';

describe('a claim is held by', () => {
  it.each([
    [
      'the one whom a quote names after its last claim',
      `“${closed[0]!.toUpperCase()}${closed.slice(1)}. The winter has been long,” France said. It went on.`,
      ['France'],
    ],
    ['the innermost of nested speakers', `France said that Italy had told it that ${closed}.`, ['Italy']],
    [
      'each of those who speak jointly',
      `France, Italy and Japan said ${closed}.`,
      ['France', 'Italy', 'Japan'],
    ],
    [
      'the subject before an insertion',
      `Norway, boasting of its ties with Egypt, insisted ${closed}.`,
      ['Norway'],
    ],
    [
      'the subject before a relative clause',
      `Norway, which met Egypt on Monday, warned that ${closed}.`,
      ['Norway'],
    ],
    ['the subject of the verb before "and"', `Norway looked on and warned that ${closed}.`, ['Norway']],
    ['the subject of a participle', `Norway looked on, warning that ${closed}.`, ['Norway']],
    [
      'the maker of a ruling',
      'A ruling by the ICJ telling Norway to reopen the Lachin corridor was read.',
      ['International Court of Justice'],
    ],
    ['a named example', `Some analysts, such as Ada Berg, say ${closed}.`, ['Ada Berg']],
    ['the one who tells', `Norway was told by Egypt that ${closed}.`, ['Egypt']],
    ['the agent of a passive', 'The closure of the Lachin corridor was condemned by Norway.', ['Norway']],
    ['the owner of a statement', `Norway's latest statement says ${closed}.`, ['Norway']],
    ['the owner of an assurance', `Despite Norway's assurance that ${closed}, many came.`, ['Norway']],
    ['the source of data', `According to figures from Kpler, ${closed}.`, ['Kpler']],
    [
      'the one who is cited, not the one who reports',
      `Reuters reported that ${closed}, citing Norway.`,
      ['Norway'],
    ],
    ['the one who is quoted, not the one who quotes', `Kyodo quoted Norway as saying ${closed}.`, ['Norway']],
    ['the name that leads a headline', `ICRC: ${closed}`, ['ICRC']],
    ['the name that ends a headline', 'Lachin corridor is closed – ICRC', ['ICRC']],
    ['an agency under its own name', `The World Food Programme said ${closed}.`, ['WFP']],
    ['a state for its unnamed official', `A Norwegian official said ${closed}.`, ['Norway']],
    ['media of a state', `Norwegian state media reported that ${closed}.`, ['Norwegian state media']],
    ['a state for its army', `The Norwegian Armed Forces said ${closed}.`, ['Norway']],
    ['the publisher for residents', `Residents of Norway said ${closed}.`, ['Morning Post']],
    [
      'each of the states whose leaders speak',
      `Leaders of France, Italy and Japan said ${closed}.`,
      ['France', 'Italy', 'Japan'],
    ],
    ['a state for its treasury', `A U.S. Treasury official said ${closed}.`, ['United States']],
    ['whose office it is', `Norway has no ships left as ${closed}, its foreign ministry said.`, ['Norway']],
    ['the one named in the middle', `The road, Norway says, is shut, and ${closed}.`, ['Norway']],
    [
      'the publisher for inhabitants',
      `Importers in the republic of Norway said ${closed}.`,
      ['Morning Post'],
    ],
    [
      'the publisher for what it adds to a name',
      `"All is well," said Norway's envoy Ada Berg, who had seen that ${closed}.`,
      ['Morning Post'],
    ],
    [
      'the name after a long office',
      `Today ${closed}, said the head of the local relief committee, Ada Berg, at noon.`,
      ['Ada Berg'],
    ],
    ['a state for an unnamed officer', `A Norwegian customs officer said ${closed}.`, ['Norway']],
    [
      'a state for what a newspaper tells it undertakes',
      'Norway has undertaken to keep the Lachin corridor open.',
      ['Norway'],
    ],
    [
      'the publisher for a word that it borrows',
      `In what Norway calls a siege, ${closed}.`,
      ['Morning Post'],
    ],
    ['the publisher for a bare title', `The President said ${closed}.`, ['Morning Post']],
    ['the publisher for analysts', `Analysts said ${closed}.`, ['Morning Post']],
  ])('%s', (_kind, body, speakers) => {
    expect(speakersOf(body)).toEqual(speakers);
  });

  it.each([
    ["X's comments", `Norway's comments came as ${closed}.`],
    ['whatever it wants', `Norway does whatever it wants, and ${closed}.`],
    ['was urged', `Norway was urged to act as ${closed}.`],
    ['a place', `In Norway, ${closed} for those who come back.`],
  ])('nobody named in "%s"', (_kind, body) => {
    expect(speakersOf(body)).toEqual(['Morning Post']);
  });

  it('the last who spoke, for "he added" and "the ministry"', () => {
    expect(speakersOf(`Norway denied all. The ministry added that ${closed}.`)).toEqual(['Norway']);
    expect(speakersOf(`Reuters quoted Norway as saying nothing. It said that ${closed}.`)).toEqual([
      'Norway',
    ]);
  });

  it('nobody for "it" where the last who spoke is a person', () => {
    const body =
      'Norwegian Foreign Minister Ada Berg denied all. It threatens those for whom the Lachin corridor is closed.';
    expect(speakersOf(body)).toEqual(['Morning Post']);
  });

  it('the official whose country is said to believe it', () => {
    const { claims } = given(`Norway believes ${closed}, Norwegian Foreign Minister Ada Berg said.`);
    expect(claims[0]).toMatchObject({ speaker: 'Norway', speakerName: 'Ada Berg' });
  });

  it('the one whose turn it is in a transcript, by the full name', () => {
    const body = `Question: What of the road?\nAda Berg: The Lachin corridor matters.\nThe road is closed.`;
    const { claims } = given(`Norwegian Foreign Minister Ada Berg came.\n${body}`);
    expect(claims.map(({ speaker, speakerName }) => [speaker, speakerName])).toEqual([
      ['Norway', 'Ada Berg'],
    ]);
  });

  it('the state that a report is on, for its government', () => {
    const title = '2023 Country Reports on Human Rights Practices: Norway (extract)';
    const body = `Egypt looked on. The government maintained that ${closed}.`;
    expect(speakersOf(body, { publisher: 'U.S. Department of State', title })).toEqual(['Norway']);
  });

  it('the one who plans, not the newspaper that reports it', () => {
    const body = 'Norway plans to close the Lachin corridor, the Financial Times reported.';
    expect(speakersOf(body)).toEqual(['Norway']);
  });

  it('all who join a statement, also those whom its title leaves out', () => {
    const body = `Today France, Italy and Japan announce their concern. On this day ${closed}.`;
    const title = 'Joint Statement of France and Italy';
    expect(speakersOf(body, { title })).toEqual(['France', 'Italy', 'Japan']);
  });
});
