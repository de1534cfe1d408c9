import { currentRules } from './rule-set.ts';
import { type BookSettings, type CorridorRules, type StatusClaim } from './status.ts';

/** Statements that we wrote ourselves, about a road that could be the one through Lachin. */
export const corridor: CorridorRules = {
  parties: ['Armenia', 'Azerbaijan', 'Russia'],
  operators: ['ICRC'],
  primaryTraffic: null,
  primaryFlows: ['civilians', 'commercial', 'aid_cargo', 'medical_evacuation'],
  freshnessDays: { contested: 3, stable: 14 },
  timezone: 'Asia/Baku',
  baseline: { status: 'open', since: '2020-11-10' },
};

export const settings: BookSettings = {
  rules: currentRules,
  corridor,
  grades: new Map(),
  assessments: [],
  clock: null,
};

let made = 0;

/** A claim by an ungraded newspaper in its own voice, but for what the test says about it. */
export function claim(said: Partial<StatusClaim> & { readonly on?: string } = {}): StatusClaim {
  const number = ++made;
  const { on = '2022-12-14', ...rest } = said;
  return {
    claimId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    statementId: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`,
    type: 'status',
    status: 'blocked',
    presupposed: false,
    flows: [],
    effect: null,
    actor: null,
    speakerName: null,
    cluster: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`,
    speaker: said.publisher ?? 'Evening Courier',
    modality: 'asserted',
    validFrom: null,
    quote: `Sentence ${number}.`,
    publisher: 'Evening Courier',
    grade: null,
    publishedAt: `${on}T08:00:00Z`,
    url: null,
    ...rest,
  };
}

export const icrc = {
  publisher: 'ICRC',
  speaker: 'ICRC',
  grade: { reliability: 'A', kind: 'icrc', country: null },
} satisfies Partial<StatusClaim>;
