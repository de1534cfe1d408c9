import { type DerivedStatus, type Flow } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { primaryFlowsOf } from './primary-flows.ts';
import { type BookSettings, type DerivedState, type EvidenceItem, flows } from './status.ts';

/**
 * How the rules came to a state, step by step, in words that a person can follow. Numbers of rules are those of the
 * README.
 * @param of the flow asked about; null for the headline
 */
export function explanationOf(
  state: DerivedState,
  day: string,
  settings: BookSettings,
  of: Flow | null = null,
): readonly string[] {
  return [
    verdict(state, day, of),
    ...(of === null ? [headline(state, settings)] : []),
    ...assessment(state, settings),
    ...sides(state, settings),
    ...reservations(state, settings),
  ];
}

function verdict(
  { status, since, confidence, likelihood, basis }: DerivedState,
  day: string,
  of: Flow | null,
): string {
  const what = of === null ? 'the corridor' : wordsOf(of);
  if (status === 'unknown') return `On ${day} the status of ${what} is unknown: there is no report to go by.`;
  const begin = since === null ? '' : ` since ${since}`;
  const odds = likelihood === null ? '' : ` (likelihood ${likelihood.toFixed(2)}, never certainty)`;
  return `On ${day} the status of ${what} is ${status}${begin}, with ${confidence} confidence${odds}; it is ${basis}.`;
}

function headline({ status, flows: decisions }: DerivedState, { corridor }: BookSettings): string {
  const primary = primaryFlowsOf(corridor);
  const told = primary.map((flow) => `${wordsOf(flow)} ${decisions[flow].status}`).join(', ');
  return `The headline is that of the primary traffic (rule 14): ${told}. ${headlineReasons[status]}`;
}

const headlineReasons: Readonly<Record<DerivedStatus, string>> = {
  open: 'What the corridor mainly exists for passes.',
  restricted: 'Some of it passes and not all, which makes a day restricted.',
  blocked: 'None of it passes.',
  unknown: 'Of none of it is anything known.',
};

function assessment({ lastEvidenceOn }: DerivedState, { assessments }: BookSettings): string[] {
  const latest = assessments
    .filter(({ validFrom }) => lastEvidenceOn !== null && validFrom <= lastEvidenceOn)
    .toSorted((a, b) => ordinalOf(b.validFrom) - ordinalOf(a.validFrom) || b.position - a.position)[0];
  if (latest === undefined) return [];
  return [
    `A person judged on ${latest.validFrom} that it was ${latest.status}; only contrary evidence of later days moves that (rule 16).`,
  ];
}

function sides({ evidence, lastEvidenceOn }: DerivedState, { rules }: BookSettings): string[] {
  if (lastEvidenceOn === null) return ['No claim has spoken of it yet: the baseline holds.'];
  const from = dayOf(ordinalOf(lastEvidenceOn) - rules.windowDays + 1);
  const counted = evidence.filter(({ countedWith }) => countedWith === null);
  return [
    `Evidence from ${from} to ${lastEvidenceOn} was weighed, fading with its age: ${evidence.length} claims, ${counted.length} of them independent (rule 5).`,
    ...evidence.filter(({ stance }) => stance === 'for').map(item),
    ...evidence.filter(({ stance }) => stance === 'against').map(item),
  ];
}

function item({
  stance,
  speaker,
  publisher,
  day,
  weight,
  rules,
  flows: of,
  countedWith,
  quote,
}: EvidenceItem): string {
  const who = speaker === publisher ? speaker : `${speaker}, through ${publisher}`;
  const whole = of.length === flows.length ? '' : ` of ${of.map(wordsOf).join(', ')}`;
  const once = countedWith === null ? '' : '; not counted, since the same source is (rule 5)';
  return `${stance === 'for' ? 'For' : 'Against'}: ${who} on ${day ?? 'an unknown day'}${whole}: “${quote}” It weighs ${(weight / 100).toFixed(2)} by rule ${rules.join(', ')}${once}.`;
}

function reservations(
  { disputedBy, provisional, stale, status, lastEvidenceOn }: DerivedState,
  { corridor: { freshnessDays } }: BookSettings,
): string[] {
  const { contested, stable } = freshnessDays;
  return [
    ...(disputedBy.length === 0
      ? []
      : [
          `${disputedBy.join(', ')} say otherwise; both sides are shown (rule 16), and a party alone never opens a road (rule 4).`,
        ]),
    ...(provisional && status !== 'unknown'
      ? [
          'It is provisional: it rests on a party’s word about its own act, on what is taken for granted, or on what an event presupposes (rules 4, 10).',
        ]
      : []),
    ...(stale
      ? [
          `Nothing was heard since ${lastEvidenceOn ?? 'the beginning'}; after ${stable} days (${contested} when contested) confidence falls a step, after twice as many the status is unknown (rule 8).`,
        ]
      : []),
  ];
}

function wordsOf(flow: Flow): string {
  return flow.replace('_', ' ');
}
