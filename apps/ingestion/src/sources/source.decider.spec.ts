import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import {
  sourceDecider,
  type SourceCommand,
  type SourceDefinition,
  type SourceEvent,
} from './source.decider.ts';

const given = specificationOf(sourceDecider);
const hourly: SourceDefinition = {
  source: '5f0c0e38-6f0e-5d7e-9a53-0c1f2f0b7a11',
  feedUrl: 'https://news.example/feed',
  publisher: 'Valley Herald',
  everyMinutes: 60,
  about: ['lachin-corridor'],
};
const daily: SourceDefinition = { ...hourly, everyMinutes: 1_440 };
const registered: SourceEvent = { type: 'SourceRegistered', payload: hourly };
const removed: SourceEvent = { type: 'SourceRemoved', payload: { source: hourly.source } };
const remove: SourceCommand = { kind: 'remove', source: hourly.source };
const register = (definition: SourceDefinition): SourceCommand => ({ kind: 'register', definition });

it('registers a source', () => {
  given().when(register(hourly)).then(registered);
});

it('is no news when a source is registered as it is', () => {
  given(registered)
    .when(register(structuredClone(hourly)))
    .thenNothing();
});

it('is polled in another way when it is registered in another way', () => {
  given(registered).when(register(daily)).then({ type: 'SourceRegistered', payload: daily });
});

it('can be removed, and registered again as it was', () => {
  given(registered).when(remove).then(removed);
  given(registered, removed).when(register(hourly)).then(registered);
});

it('cannot be removed where it is not', () => {
  given().when(remove).thenRefused('unknown_source');
  given(registered, removed).when(remove).thenRefused('unknown_source');
});
