import { given } from './coding.fixture.ts';

/** Texts about the Lachin corridor, so that a sentence without its name is in its focus. */
const inFocus = (sentence: string) => given(`The Lachin corridor matters to both sides. ${sentence}`);
const statusOf = (sentence: string) =>
  inFocus(sentence)
    .claims.filter(({ type }) => type === 'status')
    .map(({ status }) => status);

describe('a state is said in many ways', () => {
  it.each([
    'No lorries have come through since Monday.',
    'Not a single convoy has been admitted this week.',
    'Trucks were not let in.',
    'Soldiers refuse to let ambulances through.',
    'Traffic has come to a complete standstill.',
    'Tankers are unable to leave.',
    'The corridor has not functioned since June.',
    'The corridor has been idle since June.',
    'The army shut it on Tuesday.',
    'Roads into the region were sealed.',
    'They prevented food from reaching the towns.',
    'There is no way out.',
    'Trade has all but ceased.',
    'Baku voted to close the corridor.',
  ])('blocked: %s', (sentence) => {
    expect(statusOf(sentence)).toEqual(['blocked']);
  });

  it.each([
    'Traffic is down by 90%.',
    'About ten trucks a day arrive, compared with 400 before the war.',
    'Only ambulances may pass.',
    'Drivers have to ask permission from the army.',
    'The road is open for two hours a day.',
    'Deliveries have slowed to a trickle.',
    'New checks hamper the delivery of aid.',
    'Every truck is searched.',
    'Shipments remain well below normal levels.',
    'Many roads are closed.',
    'The guards let through only ambulances.',
    'Trucks now take a detour.',
    'Azerbaijan tightened its grip on the corridor.',
  ])('restricted: %s', (sentence) => {
    expect(statusOf(sentence)).toEqual(['restricted']);
  });

  it.each([
    'Traffic has resumed.',
    'Trucks have started moving.',
    'Deliveries are back to normal.',
    'The army reopened it on Tuesday.',
    'Transit goes on without interruption.',
    'Azerbaijan lifted its blockade on Sunday.',
  ])('open: %s', (sentence) => {
    expect(statusOf(sentence)).toEqual(['open']);
  });

  it.each([
    'We hope it opens soon.',
    'Azerbaijan should allow the free flow of goods.',
    'Aid will be sent as soon as the corridor reopens.',
    'Talks about reopening the corridor failed.',
    'We asked the government to open it again.',
    'They agreed to a truce in exchange for Baku allowing trucks through.',
  ])('taken for granted: %s', (sentence) => {
    expect(statusOf(sentence)).toEqual(['blocked']);
  });

  it.each([
    'All sides must facilitate the passage of relief.',
    'Ten trucks passed.',
    'Schools were closed in the capital.',
    'The army withdrew from the corridor.',
    'Authorities restricted the movement of opposition politicians.',
  ])('not at all: %s', (sentence) => {
    expect(statusOf(sentence)).toEqual([]);
  });
});

describe('an agreement', () => {
  it('is left where a place would only be abandoned', () => {
    const body = 'The Black Sea Initiative fed many. Russia has pulled out of the deal.';
    const grain = {
      id: 'grain',
      name: 'Black Sea Initiative',
      names: {},
      aliases: [],
      contextAliases: [],
      parties: ['Russia', 'Ukraine'],
    };
    expect(given(body, {}, [grain]).claims.map(({ type, status }) => [type, status])).toContainEqual([
      'status',
      'blocked',
    ]);
  });
});

describe('a state is disputed in many ways', () => {
  it.each([
    'Nobody is blocking anyone.',
    'There are no obstacles to traffic.',
    'Azerbaijan said that the claims that it closed the Lachin corridor are unfounded.',
    'At no time was there a blockade of the Lachin corridor.',
    'Reports that the corridor is shut are pure fiction.',
    'They would have the world believe in a blockade of the corridor.',
    'That is simply not the case.',
  ])('%s', (sentence) => {
    const { claims } = inFocus(sentence);
    expect(claims.filter(({ type }) => type === 'denial').map(({ status }) => status)).toEqual(['open']);
    expect(claims.filter(({ type }) => type === 'status')).toEqual([]);
  });

  it('a wish disputes nothing', () => {
    expect(inFocus('The corridor must never be closed again.').claims.map(({ type }) => type)).not.toContain(
      'denial',
    );
  });
});

describe('an event on the ground', () => {
  it.each([
    'Twelve trucks crossed on Monday.',
    'About 200 vessels a week used the route.',
    'Soldiers fired on a convoy.',
    'Looters attacked three trucks.',
    'The tanker was seized.',
    'Gunmen turned back a convoy.',
    'Lorries are waiting at the entrance.',
    'A landslide damaged the corridor.',
    'Divers cleared the mines.',
    'Soldiers escorted eleven ships.',
    'The gas supply was cut off.',
    'The minister visited the corridor.',
  ])('%s', (sentence) => {
    expect(inFocus(sentence).claims.map(({ type }) => type)).toContain('incident');
  });

  it.each([
    'Twelve trucks will cross on Monday.',
    'They threatened to attack ships.',
    'The attacks on ships must stop.',
    'If a convoy crosses, it will be a surprise.',
  ])('has happened: not %s', (sentence) => {
    expect(inFocus(sentence).claims.map(({ type }) => type)).not.toContain('incident');
  });
});
