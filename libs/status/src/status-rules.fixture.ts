import { type Flow, type PublisherGrade, type Reliability } from '#events';
import { addClaims, type BookSettings, emptyBook, stateOn } from './index.ts';
import { claim, settings } from './status.fixture.ts';
import { type StatusClaim } from './status.ts';

export const bookOf = (claims: readonly StatusClaim[], given: Partial<BookSettings> = {}) =>
  addClaims(emptyBook({ ...settings, ...given }), claims);
export const stateAfter = (
  claims: readonly StatusClaim[],
  day = '2022-12-31',
  given: Partial<BookSettings> = {},
) => stateOn(bookOf(claims, given), day);
export const statusesAfter = (claims: readonly StatusClaim[], day = '2022-12-31') => {
  const { status, flows } = stateAfter(claims, day);
  const { civilians, aid_cargo, medical_evacuation, peacekeepers } = flows;
  return {
    status,
    civilians: civilians.status,
    aid_cargo: aid_cargo.status,
    medical_evacuation: medical_evacuation.status,
    peacekeepers: peacekeepers.status,
  };
};

export const grade = (reliability: Reliability): PublisherGrade => ({
  reliability,
  kind: 'news',
  country: null,
});
export const gradeC = grade('C');
export const france = { speaker: 'France' } satisfies Partial<StatusClaim>;
export const paper = (publisher: string) => ({ publisher, speaker: publisher });

/** A told event: someone passed, was turned back, closed or opened the way. */
export function told(
  effect: NonNullable<StatusClaim['effect']>,
  said: Parameters<typeof claim>[0] = {},
): StatusClaim {
  return claim({ type: 'incident', status: null, effect, ...said });
}
export const patients: Flow[] = ['medical_evacuation'];
export const cargo: Flow[] = ['aid_cargo'];
