import { pageAddress, pageOf } from './page-address.ts';

it.each([
  'https://news.example/a',
  'http://news.example/a',
  'HTTPS://News.Example:443/a',
  'https://news.example/a/',
  'https://news.example/a#top',
  'https://news.example/a?utm_source=feed&utm_medium=rss',
  'https://news.example/a?fbclid=1&GCLID=2#x',
])('%s is the same page', (url) => {
  expect(pageAddress(url)).toBe('https://news.example/a');
});

it.each([
  'https://www.news.example/a',
  'https://news.example/A',
  'https://news.example:8443/a',
  'https://news.example/a?id=1',
  'https://news.example/a.html',
])('%s is another page', (url) => {
  expect(pageAddress(url)).not.toBe('https://news.example/a');
});

it('keeps the parameters that are left as they were', () => {
  expect(pageAddress('https://news.example/?b=2&utm_id=1&a=%20x+y')).toBe(
    pageAddress('https://news.example/?b=2&a=%20x+y'),
  );
});

it('takes the root of a site for no page', () => {
  expect(['https://news.example', 'https://news.example/?utm_source=x#y'].map(pageAddress)).toEqual([
    null,
    null,
  ]);
});

it('is a page of one publisher', () => {
  const url = 'https://news.example/a';
  expect(pageOf({ publisher: 'One', url })).not.toBe(pageOf({ publisher: 'Two', url }));
  expect(pageOf({ publisher: 'One', url: null })).toBeNull();
});
