import { given } from './coding.fixture.ts';

/** Texts about the Lachin corridor, so that a sentence without its name is in its focus. */
const inFocus = (sentence: string) => given(`The Lachin corridor matters to both sides. ${sentence}`);
const found = (sentence: string) =>
  inFocus(sentence).claims.map(({ type, status }) => (status === null ? type : `${type} ${status}`));

describe('a state told in plain words', () => {
  it.each([
    'It is shut, and nobody knows for how long.',
    'Not one sack of flour has come across.',
    'There is no safe way in.',
    'We are unable to bring medicine to the people there.',
    'The corridor has gone dead.',
  ])('blocked: %s', (sentence) => {
    expect(found(sentence)).toContain('status blocked');
  });

  it.each([
    'Apart from a few ambulances, nothing gets through.',
    'The corridor works in one direction.',
    'The corridor is open on paper.',
    'Deliveries have been capped at a third of the usual volume.',
  ])('restricted: %s', (sentence) => {
    expect(found(sentence)).toContain('status restricted');
  });

  it.each([
    'The corridor has worked without interruption.',
    'Freight is back at normal levels.',
    'The corridor had been shut since May and has reopened.',
  ])('open: %s', (sentence) => {
    expect(found(sentence)).toContain('status open');
  });

  it.each([
    ['blocked', 'All requests to cross have gone unanswered.'],
    ['blocked', 'The town is cut off from the outside world.'],
    ['restricted', 'Traffic moves one lane at a time.'],
    ['restricted', 'Only half of the missions we planned were approved.'],
    ['open', 'Traffic is back to what it was.'],
    ['blocked', 'We cannot get in.'],
    ['restricted', 'The corridor is closed to men under 60.'],
    ['open', 'The ban was rescinded.'],
  ])('%s by its signs: %s', (state, sentence) => {
    expect(found(sentence)).toContain(`status ${state}`);
  });

  it.each([
    'Anyone who wishes to leave can do so.',
    'The corridor has never been shut for a single day.',
    'It is untrue that Baku keeps the corridor shut.',
    'The closure exists only in the heads of our neighbours.',
  ])('disputed: %s', (sentence) => {
    expect(found(sentence)).toContain('denial open');
  });

  it.each([
    'By noon 240 trucks had gone over.',
    'Police drove demonstrators off the bridge.',
    'Twice we set out with two lorries, and twice we were stopped.',
    'A shell landed beside the checkpoint.',
  ])('an event: %s', (sentence) => {
    expect(found(sentence)).toContain('incident');
  });

  it.each(['We must see to it that it is never shut again.', 'It has nothing to do with it.'])(
    'nothing of the state: %s',
    (sentence) => {
      expect(found(sentence).filter((claim) => claim !== 'demand')).toEqual([]);
    },
  );
});
