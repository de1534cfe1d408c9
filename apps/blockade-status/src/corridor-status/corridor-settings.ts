import { type CorridorDefinition, type PayloadOf, type PublisherGrade, type RecordedEvent } from '#events';
import { type Assessment, type BookSettings, type CorridorRules } from '#status';
import { type StatusRules } from './status-rules.ts';

/** Events that say how the evidence about a corridor is to be taken. */
export type SettingEvent = RecordedEvent<
  'PublisherRegraded' | 'StatusAssessed' | 'AssessmentWithdrawn' | 'FreshnessLapsed' | 'StatusRulesAdopted'
>;

/**
 * What one such event sets. Of two with the same kind and name the later holds, so that the settings as of a position
 * are the latest of each up to it, in any order.
 */
export type Setting = { readonly position: number } & (
  | { readonly kind: 'grade'; readonly name: string; readonly value: PublisherGrade }
  /** Null when it was withdrawn. */
  | {
      readonly kind: 'assessment';
      readonly name: string;
      readonly value: Omit<Assessment, 'position'> | null;
    }
  /** The local day that has been reached is the name: the clock is the latest of them. */
  | { readonly kind: 'clock'; readonly name: string; readonly value: null }
  | { readonly kind: 'rule'; readonly name: ''; readonly value: string }
);

export function isSettingEvent(event: RecordedEvent): event is SettingEvent {
  return settingTypes.has(event.type);
}

const settingTypes = new Set<string>([
  'PublisherRegraded',
  'StatusAssessed',
  'AssessmentWithdrawn',
  'FreshnessLapsed',
  'StatusRulesAdopted',
] satisfies SettingEvent['type'][]);

export function settingOf({ type, payload, position }: SettingEvent): Setting {
  switch (type) {
    case 'PublisherRegraded':
      return { position, kind: 'grade', name: payload.publisher, value: payload.grade };
    case 'StatusAssessed':
      return { position, kind: 'assessment', name: payload.assessmentId, value: assessmentOf(payload) };
    case 'AssessmentWithdrawn':
      return { position, kind: 'assessment', name: payload.assessmentId, value: null };
    case 'FreshnessLapsed':
      return { position, kind: 'clock', name: payload.day, value: null };
    case 'StatusRulesAdopted':
      return { position, kind: 'rule', name: '', value: payload.rule };
  }
}

export function firstSettings(definition: CorridorDefinition, { first }: StatusRules): BookSettings {
  return {
    rules: first,
    corridor: corridorRules(definition),
    grades: new Map(),
    assessments: [],
    clock: null,
  };
}

/** @throws UnknownRulesError */
export function withSetting(settings: BookSettings, setting: Setting, rules: StatusRules): BookSettings {
  switch (setting.kind) {
    case 'grade':
      return { ...settings, grades: new Map([...settings.grades, [setting.name, setting.value]]) };
    case 'assessment':
      return { ...settings, assessments: withAssessment(settings.assessments, setting) };
    case 'clock': {
      const { clock } = settings;
      return { ...settings, clock: clock !== null && clock > setting.name ? clock : setting.name };
    }
    case 'rule':
      return { ...settings, rules: rules.of(setting.value) };
  }
}

export function withDefinition(settings: BookSettings, definition: CorridorDefinition): BookSettings {
  return { ...settings, corridor: corridorRules(definition) };
}

/** Without what the rules do not ask for, so that a new name is no new evidence. */
function corridorRules({
  parties,
  operators,
  timezone,
  baseline,
  primaryTraffic,
  primaryFlows,
  freshnessDays,
}: CorridorDefinition): CorridorRules {
  return { parties, operators, timezone, baseline, primaryTraffic, primaryFlows, freshnessDays };
}

function assessmentOf({
  assessmentId,
  validFrom,
  status,
  flows,
}: PayloadOf<'StatusAssessed'>): Omit<Assessment, 'position'> {
  return { assessmentId, validFrom, status, flows };
}

function withAssessment(
  assessments: readonly Assessment[],
  { name, value, position }: Extract<Setting, { kind: 'assessment' }>,
): readonly Assessment[] {
  const others = assessments.filter(({ assessmentId }) => assessmentId !== name);
  return value === null ? others : [...others, { ...value, position }];
}
