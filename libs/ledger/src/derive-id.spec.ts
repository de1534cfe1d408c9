import fc from 'fast-check';
import { z } from 'zod';
import { deriveId } from './derive-id.ts';

it('gives the same id for the same parts, for ever', () => {
  expect(deriveId('statement', 'The Daily Road', 'é')).toBe('963d2277-b8fb-80f3-9003-b139255937a6');
});

it('gives a UUID that the contracts accept', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      expect(z.uuid().safeParse(deriveId(...parts)).success).toBe(true);
    }),
  );
});

it('tells parts apart that would be alike when joined', () => {
  expect(deriveId('a', 'bc')).not.toBe(deriveId('ab', 'c'));
  expect(deriveId('a', '')).not.toBe(deriveId('a'));
});
