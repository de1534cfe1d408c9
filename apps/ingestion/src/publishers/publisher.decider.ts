import { type PayloadOf, type PublisherGrade } from '#events';
import { canonicalize } from '#proofs';
import { type Decider } from '../command-handling/decider.ts';

export interface GradePublisher {
  readonly publisher: string;
  readonly grade: PublisherGrade;
  /** Every registered corridor: each derives its status anew by the grade. */
  readonly corridors: readonly string[];
}

export type PublisherEvent =
  | { readonly type: 'PublisherGraded'; readonly payload: PayloadOf<'PublisherGraded'> }
  | { readonly type: 'PublisherRegraded'; readonly payload: PayloadOf<'PublisherRegraded'> };

export type Publisher =
  | { readonly phase: 'ungraded' }
  | { readonly phase: 'graded'; readonly grade: PublisherGrade; readonly told: ReadonlySet<string> };

/** As many as the ledger appends at once; the command given again brings the rest. */
export const gradeEventsMax = 5_000;

export const publisherDecider: Decider<GradePublisher, Publisher, PublisherEvent> = {
  initial: { phase: 'ungraded' },
  decide,
  evolve,
};

function decide(
  { publisher, grade, corridors }: GradePublisher,
  state: Publisher,
): readonly PublisherEvent[] {
  const isSame = state.phase === 'graded' && canonicalize(state.grade) === canonicalize(grade);
  const untold = isSame ? corridors.filter((corridor) => !state.told.has(corridor)) : corridors;
  const events: readonly PublisherEvent[] = [
    ...(isSame ? [] : [{ type: 'PublisherGraded' as const, payload: { publisher, grade } }]),
    ...untold.map((corridor) => ({
      type: 'PublisherRegraded' as const,
      payload: { corridor, publisher, grade },
    })),
  ];
  return events.slice(0, gradeEventsMax);
}

function evolve(state: Publisher, event: PublisherEvent): Publisher {
  const { grade } = event.payload;
  switch (event.type) {
    case 'PublisherGraded':
      return { phase: 'graded', grade, told: new Set() };
    case 'PublisherRegraded': {
      const told = state.phase === 'graded' ? state.told : [];
      return { phase: 'graded', grade, told: new Set([...told, event.payload.corridor]) };
    }
  }
}
