import { openAnswer, sealAnswer } from './sealed-answer.ts';

it('opens a stored answer with the API key that it was made for', () => {
  expect(openAnswer('Bearer cw_one', sealAnswer('Bearer cw_one', '{"secret":"whsec_ü"}'))).toBe(
    '{"secret":"whsec_ü"}',
  );
});

it('keeps a stored answer closed to every other key', () => {
  expect(() => openAnswer('Bearer cw_two', sealAnswer('Bearer cw_one', '{}'))).toThrow(/authenticate/);
});

it('holds nothing of the answer in the clear', () => {
  expect(sealAnswer('Bearer cw_one', '{"secret":"whsec_plain"}').includes('whsec_plain')).toBe(false);
});
