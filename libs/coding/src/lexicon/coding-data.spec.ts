import { type Coder, coderFor } from '../coder.ts';
import {
  codingDataHash,
  extendCodingData,
  parseCodingData,
  parseCodingDataExtension,
} from './coding-data.ts';
import { corridors, said, statement } from '../coding.fixture.ts';
import { defaultCodingData, shippedFiles } from './default-coding-data.ts';
import { createRulesCoder, rulesCoder } from '../rules-coder.ts';

function extendedBy(extension: object): Coder {
  return createRulesCoder(extendCodingData(defaultCodingData, parseCodingDataExtension(extension)));
}

function claimsOf(coder: Coder, body: string, publisher = 'Morning Post') {
  return coder.code({ ...statement(body), publisher }, corridors).map(said);
}

describe('an operator extends the data without code', () => {
  it('by words of a cue', () => {
    const body = 'The Lachin corridor was bricked up by masked men.';
    expect(claimsOf(rulesCoder, body)).toEqual([]);
    const coder = extendedBy({ cues: { closed: ['bricked|walled up'] } });
    expect(claimsOf(coder, body)).toEqual(['status blocked Morning Post']);
  });

  it('by a rule with a cue of its own', () => {
    const coder = extendedBy({
      cues: { ghostRoad: ['has become _? _? ghost road'] },
      rules: [
        { id: 'ghost-road', type: 'status', status: 'blocked', steps: ['C', 20, 'ghostRoad'], certainty: 60 },
      ],
    });
    const [claim] = coder.code(statement('The Lachin corridor has become a sad ghost road.'), corridors);
    expect(claim).toMatchObject({ rule: 'ghost-road', confidence: 0.6, coderData: coder.data });
  });

  it('by taking a rule out, and by putting another in its place', () => {
    const body = 'France called the blockade of the Lachin corridor a mistake.';
    expect(claimsOf(rulesCoder, body)).toEqual(['status blocked France']);
    expect(claimsOf(extendedBy({ remove: { rules: ['blockade'] } }), body)).toEqual([]);
    const [blockade] = defaultCodingData.rules.filter(({ id }) => id === 'blockade');
    const replaced = extendedBy({
      remove: { rules: ['blockade'] },
      rules: [{ ...blockade, status: 'restricted' }],
    });
    expect(claimsOf(replaced, body)).toEqual(['status restricted France']);
  });

  it('by names for a state, bodies, officials and publishers', () => {
    const coder = extendedBy({
      countries: [{ name: 'Armenia', names: ['Republic Square'] }],
      organisations: [{ name: 'Corridor Observatory' }],
      officials: [{ name: 'Ada Example', speaker: 'France' }],
      publishers: [{ name: 'The Gazette of the Hills', speaker: 'Armenia', kind: 'government' }],
    });
    const body = 'The Lachin corridor is closed.';
    expect(claimsOf(coder, `Republic Square said: ${body}`)).toEqual(['status blocked Armenia']);
    expect(claimsOf(coder, `Corridor Observatory said: ${body}`)).toEqual([
      'status blocked Corridor Observatory',
    ]);
    expect(claimsOf(coder, `Ada Example said: ${body}`)).toEqual(['status blocked France']);
    expect(claimsOf(coder, body, 'The Gazette of the Hills')).toEqual(['status blocked Armenia']);
    expect(claimsOf(coder, `Yerevan said: ${body}`)).toEqual(['status blocked Armenia']);
  });
});

describe('bad data is refused with its file, field and value', () => {
  it.each([
    [
      { rules: [{ id: 'x', type: 'state', steps: ['C'], certainty: 5 }] },
      /more\.json: rules\[0\]\.type: .*"state"/,
    ],
    [{ cues: { closed: ['sh(ut'] } }, /more\.json: cues\.closed\[0\]: cannot read "sh\(ut"/],
    [{ cues: { closed: ['very? much?'] } }, /cues\.closed\[0\]: has no word that must be there/],
    [{ cuse: {} }, /more\.json: .*"cuse"/],
    [{ countries: [{ adjectives: [] }] }, /more\.json: countries\[0\]\.name: /],
  ])('%j', (extension, flaw) => {
    expect(() => parseCodingDataExtension(extension, 'more.json')).toThrow(flaw);
  });

  it.each([
    [
      { id: 'closed', type: 'demand', steps: ['C'], certainty: 5 },
      /rules\[\d+\]\.id: there is another rule "closed"/,
    ],
    [{ id: 'x', type: 'demand', steps: ['nowhere'], certainty: 5 }, /steps: no cue is called "nowhere"/],
    [{ id: 'x', type: 'status', steps: ['C'], certainty: 5 }, /status: a rule has one exactly when/],
  ])('%j', (rule, flaw) => {
    const extension = parseCodingDataExtension({ rules: [rule] });
    expect(() => extendCodingData(defaultCodingData, extension, 'more.json')).toThrow(flaw);
  });
});

it('the hash is that of the data, however its fields are ordered', () => {
  const reordered = Object.fromEntries(Object.entries(structuredClone(defaultCodingData)).reverse());
  expect(createRulesCoder(parseCodingData(reordered)).data).toBe(rulesCoder.data);
  expect(rulesCoder.data).toBe(codingDataHash(defaultCodingData));
  expect(extendedBy({ words: { headNoun: ['causeway'] } }).data).not.toBe(rulesCoder.data);
});

it('there may be a coder for each language; a text without one is taken for English', () => {
  const armenian: Coder = { id: 'hy/1', data: '', languages: ['hy'], code: () => [] };
  expect(coderFor([rulesCoder, armenian], 'hy-AM')).toBe(armenian);
  expect(coderFor([rulesCoder, armenian], 'en-GB')).toBe(rulesCoder);
  expect(coderFor([rulesCoder, armenian], null)).toBe(rulesCoder);
  expect(coderFor([rulesCoder, armenian], 'fr')).toBeNull();
});

describe('the data that ships', () => {
  const cuesOf = Object.entries(shippedFiles).flatMap(([file, json]) =>
    Object.keys(parseCodingDataExtension(json, file).cues ?? {}).map((cue) => ({ file, cue })),
  );

  it('has every cue in one file: the same name in two would be one cue of both meanings', () => {
    const names = cuesOf.map(({ cue }) => cue);
    expect(names.filter((cue, index) => names.indexOf(cue) !== index)).toEqual([]);
  });

  it('has no cue that no rule asks for', () => {
    const asked = new Set(defaultCodingData.rules.flatMap(({ steps, unless }) => [...steps, unless]));
    expect(cuesOf.filter(({ cue }) => !asked.has(cue))).toEqual([]);
  });
});
