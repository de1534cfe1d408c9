import { failureOf } from './postgres-failure.ts';

const ofServer = (code: string, severity = 'ERROR') => Object.assign(new Error(code), { code, severity });

it.each([
  ['a value that does not fit', ofServer('22001'), 'rejected'],
  ['a broken constraint', ofServer('23514'), 'rejected'],
  ['a lock that someone holds', ofServer('55P03'), 'busy'],
  ['a statement that took too long', ofServer('57014'), 'busy'],
  ['a full disk', ofServer('53100'), 'unavailable'],
  ['a missing right', ofServer('42501'), 'unavailable'],
  ['a session that the administrator ended', ofServer('57P01', 'FATAL'), 'unknown'],
  ['a crash', ofServer('57P02', 'PANIC'), 'unknown'],
  ['a connection that broke', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), 'unknown'],
  ['an answer that did not come in time', new Error('Query read timeout'), 'unknown'],
])('takes %s, once the statement was sent, as %s', (_what, error, failure) => {
  expect(failureOf(error, true)).toBe(failure);
});

it.each([
  [
    'a refused connection',
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    'busy',
  ],
  ['a server that is starting', ofServer('57P03', 'FATAL'), 'busy'],
  ['a wrong password', ofServer('28P01', 'FATAL'), 'unavailable'],
  ['a missing database', ofServer('3D000', 'FATAL'), 'unavailable'],
])('takes %s, before anything was sent, as certainly not written', (_what, error, failure) => {
  expect(failureOf(error, false)).toBe(failure);
});
