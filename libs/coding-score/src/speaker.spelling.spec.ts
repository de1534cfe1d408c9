import { isSameName } from './speaker.spelling.ts';

it.each([
  ['the United States', 'U.S.'],
  ['Türkiye', 'Turkey'],
  ['France’s', 'France'],
  ['International Committee of the Red Cross', 'ICRC'],
  ['Nagorno–Karabakh authorities', 'Nagorno-Karabakh  authorities'],
])('%s is %s', (one, other) => {
  expect(isSameName(one, other)).toBe(true);
});

it.each([
  ['Armenia', 'Azerbaijan'],
  ['United Nations', 'OCHA'],
  ['France', null],
])('%s is not %s', (one, other) => {
  expect(isSameName(one, other)).toBe(false);
});
