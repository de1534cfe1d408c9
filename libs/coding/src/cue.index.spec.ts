import fc from 'fast-check';
import { indexCues } from './cue.index.ts';
import { compilePatterns } from './cue.pattern.ts';
import { defaultCodingData } from './default-coding-data.ts';

it('names the cues whose words stand in the text, and no others', () => {
  const { cuesIn } = indexCues({ call: ['calls|called on'], shut: ['shut*'], anyone: ['A'] });
  expect([...cuesIn('france called on iran')]).toEqual(['anyone', 'call']);
  expect([...cuesIn('the shutdown')]).toEqual(['anyone', 'shut']);
});

it('never hides a cue that the text holds', () => {
  const cues = Object.entries(defaultCodingData.cues);
  const { cuesIn } = indexCues(defaultCodingData.cues);
  const pattern = fc
    .constantFrom(...cues.flatMap(([, patterns]) => patterns))
    .map((written) => written.replaceAll(/[?^*]/g, '').replaceAll('_', 'word').replaceAll('#', '12'));
  const sentence = fc
    .array(fc.tuple(pattern, fc.nat()), { maxLength: 6 })
    .map((parts) => parts.map(([written, seed]) => oneReading(written, seed)).join(', '));
  const compiled = cues.map(([name, patterns]) => ({ name, cue: compilePatterns(patterns) }));
  fc.assert(
    fc.property(sentence, (text) => {
      const possible = cuesIn(text);
      return compiled.every(({ name, cue }) => text.search(cue) === -1 || possible.has(name));
    }),
  );
});

function oneReading(pattern: string, seed: number): string {
  return pattern
    .split(' ')
    .map((place) => place.split('|'))
    .map((alternatives) => alternatives[seed % alternatives.length])
    .join(' ');
}
