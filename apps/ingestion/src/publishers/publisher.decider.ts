import { type PayloadOf, type PublisherGrade } from '#events';
import { canonicalize } from '#proofs';
import { type Decider } from '../command-handling/decider.ts';

export interface GradePublisher {
  readonly publisher: string;
  readonly grade: PublisherGrade;
}

export interface PublisherEvent {
  readonly type: 'PublisherGraded';
  readonly payload: PayloadOf<'PublisherGraded'>;
}

export type Publisher =
  { readonly phase: 'ungraded' } | { readonly phase: 'graded'; readonly grade: PublisherGrade };

export const publisherDecider: Decider<GradePublisher, Publisher, PublisherEvent> = {
  initial: { phase: 'ungraded' },
  decide: ({ publisher, grade }, state) =>
    state.phase === 'graded' && canonicalize(state.grade) === canonicalize(grade)
      ? []
      : [{ type: 'PublisherGraded', payload: { publisher, grade } }],
  evolve: (_publisher, event) => ({ phase: 'graded', grade: event.payload.grade }),
};
