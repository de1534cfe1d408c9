import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import { publisherDecider, type GradePublisher } from './publisher.decider.ts';

const given = specificationOf(publisherDecider);
const asC: GradePublisher = {
  publisher: 'Valley Herald',
  grade: { reliability: 'C', kind: 'news', country: null },
};
const asB: GradePublisher = { ...asC, grade: { ...asC.grade, reliability: 'B' } };

it('grades a publisher', () => {
  given().when(asC).then({ type: 'PublisherGraded', payload: asC });
});

it('is no news when a publisher is graded as it is', () => {
  given({ type: 'PublisherGraded', payload: asC }).when(structuredClone(asC)).thenNothing();
});

it('grades a publisher anew', () => {
  given({ type: 'PublisherGraded', payload: asC }).when(asB).then({ type: 'PublisherGraded', payload: asB });
});
