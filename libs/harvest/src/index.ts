export * from './harvest.error.ts';
export * from './fetching/fetched.ts';
export { fetchWithin, type FetchParts } from './fetching/fetch-within.ts';
export * from './politeness/polite.fetcher.ts';
export * from './feeds/feed.ts';
export * from './feeds/feed.reader.ts';
export { mayBePage, pageAccept, type PageDocument, type PageText } from './pages/page.reader.ts';
export * from './reading-room.ts';
