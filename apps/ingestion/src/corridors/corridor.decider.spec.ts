import { corridorDefinition } from '#events';
import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import { corridorDecider, type CorridorEvent } from './corridor.decider.ts';

const given = specificationOf(corridorDecider);
const valley = { corridor: 'valley-road', definition: corridorDefinition.parse({ name: 'Valley road' }) };
const amended = {
  corridor: 'valley-road',
  definition: corridorDefinition.parse({ name: 'Valley road', aliases: ['the M9'] }),
};
const registered: CorridorEvent = { type: 'CorridorRegistered', payload: valley };

it('registers a corridor that was not known', () => {
  given().when(valley).then(registered);
});

it('is no news when a corridor is defined as it is', () => {
  given(registered).when(structuredClone(valley)).thenNothing();
});

it('amends a corridor that is defined otherwise', () => {
  given(registered).when(amended).then({ type: 'CorridorAmended', payload: amended });
});

it('amends back to what it was before', () => {
  given(registered, { type: 'CorridorAmended', payload: amended })
    .when(valley)
    .then({ type: 'CorridorAmended', payload: valley });
});
