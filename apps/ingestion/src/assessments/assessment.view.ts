import { type PayloadOf, type RecordedEvent } from '#events';

interface WordView {
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
}

export interface WithdrawalView extends WordView {
  readonly reason: string;
  readonly assessor: string;
}

/** An assessment as it stands, and who withdrew it. */
export interface AssessmentView extends PayloadOf<'StatusAssessed'>, WordView {
  readonly state: 'standing' | 'withdrawn';
  readonly withdrawal: WithdrawalView | null;
}

export function assessmentStream(assessmentId: string): string {
  return `assessment-${assessmentId}`;
}

/** Null where there is none, or its words were erased. */
export function assessmentView(stream: readonly RecordedEvent[]): AssessmentView | null {
  const assessed = stream.find((event) => event.type === 'StatusAssessed');
  if (assessed === undefined) return null;
  const withdrawn = stream.find((event) => event.type === 'AssessmentWithdrawn');
  return {
    ...assessed.payload,
    ...wordOf(assessed),
    state: withdrawn === undefined ? 'standing' : 'withdrawn',
    withdrawal: withdrawn === undefined ? null : withdrawalView(withdrawn),
  };
}

function withdrawalView(event: RecordedEvent<'AssessmentWithdrawn'>): WithdrawalView {
  const { reason, assessor } = event.payload;
  return { reason, assessor, ...wordOf(event) };
}

function wordOf({ position, recordedAt, actor }: RecordedEvent): WordView {
  return { position, recordedAt, actor };
}
