import { type ClaimEvent } from '#claims';
import { type Assessment, type BookSettings, firstRules, type RuleSet } from '#status';
import { type StoredClaim } from '../src/corridor-status/claim-versions.ts';
import { type EvidenceEvent } from '../src/corridor-status/corridor-evidence.ts';

/** The rules read off the events at once: a person's last word, else the last coding; nothing of what has ended. */
export function standingAfter(events: readonly EvidenceEvent[]): readonly StoredClaim[] {
  const byStatement = Map.groupBy(
    events.filter((event): event is Extract<typeof event, ClaimEvent> => 'statementId' in event.payload),
    ({ payload }) => payload.statementId,
  );
  return [...byStatement.values()].flatMap((history) => {
    if (history.some(({ type }) => type === 'StatementRetracted' || type === 'StatementSuperseded'))
      return [];
    const words = history.filter((event) => event.type === 'ClaimReviewed' || event.type === 'ClaimAdded');
    const lastWords = new Map(words.map((event) => [event.payload.claim.claimId, event]));
    const bySomebody = [...lastWords.values()].flatMap(({ payload }) =>
      'decision' in payload && payload.decision === 'reject' ? [] : [{ ...payload, ...payload.claim }],
    );
    const coding = history.findLast((event) => event.type === 'StatementCoded');
    const byMachine = (coding?.payload.claims ?? []).flatMap((claim) =>
      lastWords.has(claim.claimId) || coding === undefined ? [] : [{ ...coding.payload, ...claim }],
    );
    return [...bySomebody, ...byMachine];
  });
}

/** How evidence is to be taken after the events, read off them at once; the corridor MUST be registered by them. */
export function settingsAfter(
  events: readonly EvidenceEvent[],
  rulesOf: (version: string) => RuleSet,
): BookSettings {
  const defined = events.findLast(
    (event) => event.type === 'CorridorRegistered' || event.type === 'CorridorAmended',
  );
  if (defined === undefined) throw new Error('There is no corridor yet');
  const { parties, operators, timezone, baseline, primaryTraffic, primaryFlows, freshnessDays } =
    defined.payload.definition;
  const withdrawn = new Set(
    events.flatMap((event) => (event.type === 'AssessmentWithdrawn' ? [event.payload.assessmentId] : [])),
  );
  const adopted = events.findLast((event) => event.type === 'StatusRulesAdopted');
  return {
    rules: adopted === undefined ? firstRules : rulesOf(adopted.payload.rule),
    corridor: { parties, operators, timezone, baseline, primaryTraffic, primaryFlows, freshnessDays },
    grades: new Map(
      events.flatMap((event) =>
        event.type === 'PublisherRegraded' ? [[event.payload.publisher, event.payload.grade]] : [],
      ),
    ),
    assessments: events.flatMap((event): Assessment[] =>
      event.type === 'StatusAssessed' && !withdrawn.has(event.payload.assessmentId)
        ? [{ ...event.payload, position: event.position }]
        : [],
    ),
    clock:
      events
        .flatMap((event) => (event.type === 'FreshnessLapsed' ? [event.payload.day] : []))
        .sort()
        .at(-1) ?? null,
  };
}
