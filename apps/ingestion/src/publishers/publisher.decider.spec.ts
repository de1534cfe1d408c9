import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import {
  gradeEventsMax,
  publisherDecider,
  type GradePublisher,
  type PublisherEvent,
} from './publisher.decider.ts';

const given = specificationOf(publisherDecider);
const publisher = 'Valley Herald';
const corridors = ['heron-pass', 'valley-road'];

function as(reliability: 'B' | 'C', among: readonly string[] = corridors): GradePublisher {
  return { publisher, grade: { reliability, kind: 'news', country: null }, corridors: among };
}

function graded({ grade, corridors: told }: GradePublisher): PublisherEvent[] {
  return [
    { type: 'PublisherGraded', payload: { publisher, grade } },
    ...told.map((corridor) => ({
      type: 'PublisherRegraded' as const,
      payload: { corridor, publisher, grade },
    })),
  ];
}

it('grades a publisher, and tells every corridor', () => {
  given()
    .when(as('C'))
    .then(...graded(as('C')));
});

it('is no news when a publisher is graded as it is', () => {
  given(...graded(as('C')))
    .when(structuredClone(as('C')))
    .thenNothing();
});

it('grades a publisher anew, and tells every corridor again', () => {
  given(...graded(as('C')))
    .when(as('B'))
    .then(...graded(as('B')));
});

it('tells the corridors that have not learnt the grade, when it is set once more', () => {
  given(...graded(as('C', ['heron-pass'])))
    .when(as('C'))
    .then({
      type: 'PublisherRegraded',
      payload: { corridor: 'valley-road', publisher, grade: as('C').grade },
    });
});

it('tells more corridors than the ledger takes at once in the next go', () => {
  const command = as(
    'C',
    Array.from({ length: gradeEventsMax + 1 }, (_, index) => `road-${index}`),
  );
  const all = graded(command);
  given()
    .when(command)
    .then(...all.slice(0, gradeEventsMax));
  given(...all.slice(0, gradeEventsMax))
    .when(command)
    .then(...all.slice(gradeEventsMax));
}, 20_000);
