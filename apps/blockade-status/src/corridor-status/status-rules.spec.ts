import { failureKind } from '#projection';
import { currentRules, firstRules, UnknownRulesError } from '#status';
import { shippedRules } from './status-rules.ts';

it('knows the rules that corridors begin with and those they shall follow', () => {
  expect(shippedRules.of(shippedRules.first.version)).toBe(firstRules);
  expect(shippedRules.of(shippedRules.current.version)).toBe(currentRules);
  expect(shippedRules.areNewerThan(currentRules.version)).toBe(false);
});

it('fails over the rules of a newer release, which is no fault of the corridor that adopted them', () => {
  const ask = () => shippedRules.of('status-rules/999');
  expect(ask).toThrow(UnknownRulesError);
  expect(failureKind(new UnknownRulesError('status-rules/999'))).toBe('us');
});
