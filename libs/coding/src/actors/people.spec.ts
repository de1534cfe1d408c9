import { type CodableStatement } from '../coder.ts';
import { given } from '../coding.fixture.ts';

function holderOf(body: string, more: Partial<CodableStatement> = {}) {
  const [claim] = given(body, more).claims;
  return claim === undefined ? null : [claim.speaker, claim.speakerName];
}

const closed = 'the Lachin corridor is closed';

describe('a person speaks for', () => {
  it.each([
    ['the country of the office before the name', `Norwegian Foreign Minister Ada Berg said ${closed}.`],
    ['the country after the office', `The foreign minister of Norway, Ada Berg, said ${closed}.`],
    ['the country after the name', `Foreign Minister Ada Berg of Norway said ${closed}.`],
    ['the country in an apposition', `Ada Berg, Norway's foreign minister, said ${closed}.`],
    ['the office in an apposition', `Ada Berg, a spokesperson for Norway, said ${closed}.`],
    [
      'the sender, not the host, of an ambassador',
      `Norwegian Ambassador to Armenia Ada Berg said ${closed}.`,
    ],
    ['who owns the office', `Norway's deputy foreign minister Ada Berg told reporters that ${closed}.`],
  ])('%s', (_kind, body) => {
    expect(holderOf(body)).toEqual(['Norway', 'Ada Berg']);
  });

  it('the same again under the surname, before and after the introduction', () => {
    const introduction = 'Norwegian Foreign Minister Ada Berg came.';
    expect(holderOf(`${introduction} Berg said ${closed}.`)).toEqual(['Norway', 'Ada Berg']);
    expect(holderOf(`Berg: ${closed}\n${introduction}`)).toEqual(['Norway', 'Ada Berg']);
    expect(holderOf(`${introduction} The foreign minister said ${closed}.`)).toEqual(['Norway', 'Ada Berg']);
  });

  it('a body whose name holds words of office', () => {
    const body = `The vice-president of the European Commission, Ada Berg, said ${closed}.`;
    expect(holderOf(body)).toEqual(['European Union', 'Ada Berg']);
  });

  it('an employer', () => {
    expect(holderOf(`Ada Berg, an analyst at Kpler, said ${closed}.`)).toEqual(['Kpler', 'Ada Berg']);
  });

  it.each([
    ['an agency', `WFP Country Director Ada Berg said ${closed}.`, 'WFP'],
    ['a body', `Kpler analyst Ada Berg said ${closed}.`, 'Kpler'],
    ['themselves, where the state is what they study', `Iran analyst Ada Berg said ${closed}.`, 'Ada Berg'],
  ])('%s', (_kind, body, speaker) => {
    expect(holderOf(body)?.[0]).toBe(speaker);
  });

  it('the publishing state, where the office has no country', () => {
    const publisher = 'Ministry of Foreign Affairs of Norway';
    expect(holderOf(`Foreign Minister Ada Berg said ${closed}.`, { publisher })).toEqual([
      'Norway',
      'Ada Berg',
    ]);
  });

  it('nobody but themselves without an office', () => {
    expect(holderOf(`Ada Berg said ${closed}.`)).toEqual(['Ada Berg', null]);
  });
});

describe('an official whose country stands elsewhere speaks for', () => {
  it.each([
    ['the state that the sentence is of', `Norway is hit hardest, as ${closed}, Oil Minister Ada Berg said.`],
    ['the state that was last a subject', `Norway is worried. Prime Minister Ada Berg said ${closed}.`],
    ['the sender of an envoy', `Norway's ambassador in London, Mrs. Ada Berg, said ${closed}.`],
  ])('%s', (_kind, body) => {
    expect(holderOf(body)).toEqual(['Norway', 'Ada Berg']);
  });

  it('the state whose forces they are said to command', () => {
    const body = `Egypt is calm. Rear Adm. Ada Berg, who commands the Norwegian navy, said ${closed}.`;
    expect(holderOf(body)).toEqual(['Norway', 'Ada Berg']);
  });

  it('the agency that publishes the text', () => {
    const body = `"Today ${closed}," said the Deputy Regional Coordinator, Ada Berg.`;
    expect(holderOf(body, { publisher: 'OCHA' })).toEqual(['OCHA', 'Ada Berg']);
    const ours = `"Today ${closed}," said Ada Berg, head of our delegation.`;
    expect(holderOf(ours, { publisher: 'ICRC' })).toEqual(['ICRC', 'Ada Berg']);
    const title = 'Comment by Spokesperson Ada Berg';
    expect(holderOf(`Today ${closed}.`, { publisher: 'OCHA', title })).toEqual(['OCHA', 'Ada Berg']);
  });

  it('a state that no data lists, once an office of it is named', () => {
    const body = `Ruritania's defence minister left. The Ruritanian foreign ministry said ${closed}.`;
    expect(holderOf(body)).toEqual(['Ruritania', null]);
  });

  it('nobody where a state follows the form of address', () => {
    expect(holderOf(`Mr. Prime Minister, Norway says ${closed}.`)).toEqual(['Norway', null]);
  });
});

describe('a society with the name of a people speaks for', () => {
  it('itself', () => {
    const body = `The Norwegian Helsinki Committee said ${closed}.`;
    expect(holderOf(body)).toEqual(['Norwegian Helsinki Committee', null]);
  });
});

describe('the official in a title speaks for the publisher', () => {
  const publisher = 'White House';
  it.each([
    ['Press Briefing by Press Secretary Ada Berg, May 26', 'Ada Berg'],
    ['Statement from National Security Council Spokesperson Ada Berg on Lachin', 'Ada Berg'],
    ['Secretary Ada Berg’s Remarks at a Press Availability', 'Ada Berg'],
    ['Press Briefing by Press Secretary Ada Berg and Coordinator Bo Lund', null],
    ['Readout of Secretary Ada Berg’s Call With Bo Lund', null],
  ])('%s', (title, person) => {
    expect(holderOf(`Today ${closed}.`, { publisher, title })).toEqual(['United States', person]);
  });
});
