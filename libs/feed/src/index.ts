export * from './feed.ts';
export * from './lane.ts';
