import { z } from 'zod';
import {
  booleanSetting,
  databaseUrlSetting,
  numberSetting,
  portSetting,
  readSettings,
  trustedProxiesSetting,
} from './settings.ts';

const schema = z.object({
  PORT: portSetting.default(3000),
  DATABASE_URL: databaseUrlSetting,
  PUBLIC_READ: booleanSetting.default(true),
  LIMIT: numberSetting(1, 10).default(5),
});
const databaseUrl = 'postgres://user:word@localhost:5432/base';

it('takes the defaults where nothing is set, and an empty variable counts as not set', () => {
  expect(readSettings(schema, { DATABASE_URL: databaseUrl, PORT: '' })).toEqual({
    PORT: 3000,
    DATABASE_URL: databaseUrl,
    PUBLIC_READ: true,
    LIMIT: 5,
  });
});

it.each([
  [{ PORT: '70000' }, /PORT must be a whole number from 1 to 65535/],
  [{ PORT: '3000x' }, /PORT must be a whole number/],
  [{ LIMIT: '11' }, /LIMIT must be a whole number from 1 to 10/],
  [{ PUBLIC_READ: 'yes' }, /PUBLIC_READ must be "true" or "false"/],
  [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be a postgres:\/\/ URL/],
  [{ DATABASE_URL: '' }, /DATABASE_URL must be set/],
])('names the setting that is wrong: %j', (wrong, sentence) => {
  expect(() => readSettings(schema, { DATABASE_URL: databaseUrl, ...wrong })).toThrow(sentence);
});

it('names all wrong settings at once, in one sentence', () => {
  const read = () => readSettings(schema, { PORT: 'x', PUBLIC_READ: 'maybe' });
  expect(read).toThrow(/^Cannot start: PORT [^\n]+; DATABASE_URL [^\n]+; PUBLIC_READ [^\n]+\.$/);
});

it('takes proxies as addresses, ranges and names', () => {
  expect(trustedProxiesSetting.parse('10.0.0.0/8, ::1,uniquelocal')).toEqual([
    '10.0.0.0/8',
    '::1',
    'uniquelocal',
  ]);
});

it.each(['', 'everyone', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '::1/129', 'true'])(
  'does not take "%s" for a proxy',
  (text) => {
    expect(trustedProxiesSetting.safeParse(text).success).toBe(false);
  },
);
