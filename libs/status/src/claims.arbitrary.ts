import fc from 'fast-check';
import { flows, type StatusClaim } from './status.ts';

export const anyDay = fc
  .integer({ min: 0, max: 60 })
  .map((days) => new Date(Date.UTC(2022, 11, 1 + days)).toISOString().slice(0, 10));

/** Few names and days, so that claims meet: same publisher, same quote, same day, same weight. */
const anyClaim = (number: number): fc.Arbitrary<StatusClaim> =>
  fc.record({
    claimId: fc.constant(`claim-${number}`),
    statementId: fc.integer({ min: 0, max: 5 }).map((id) => `statement-${id}`),
    cluster: fc.integer({ min: 0, max: 5 }).map((id) => `statement-${id}`),
    type: fc.constantFrom('status', 'status', 'denial', 'incident', 'incident', 'demand'),
    status: fc.constantFrom('open', 'restricted', 'blocked', 'blocked', null),
    presupposed: fc.boolean(),
    flows: fc.subarray([...flows], { maxLength: 2 }),
    effect: fc.constantFrom('passed', 'turned_back', 'closed', 'restricted', 'opened', null, null),
    actor: fc.constantFrom(null, 'Azerbaijan', 'Courier'),
    speaker: fc.constantFrom('France', 'Azerbaijan', 'Armenia', 'ICRC', 'Courier'),
    speakerName: fc.constant(null),
    modality: fc.constantFrom('asserted', 'asserted', 'asserted', 'future'),
    validFrom: fc.option(anyDay, { freq: 2 }),
    quote: fc.constantFrom('Shut.', 'Open.', 'We have closed it.', 'Shut since Monday.'),
    publisher: fc.constantFrom('Courier', 'Post', 'ICRC'),
    grade: fc.constantFrom(
      null,
      { reliability: 'B', kind: 'news', country: null },
      { reliability: 'A', kind: 'icrc', country: null },
      { reliability: 'E', kind: 'party', country: null },
    ),
    publishedAt: anyDay.map((day) => `${day}T22:00:00Z`),
    url: fc.constant(null),
  });

export const anyClaims = fc
  .integer({ min: 0, max: 25 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => anyClaim(number))));
