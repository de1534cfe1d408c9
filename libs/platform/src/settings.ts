import { isIP } from 'node:net';
import { z } from 'zod';

/** A setting is missing or wrong; the message names it and says what is expected. */
export class SettingsError extends Error {
  readonly code = 'bad_settings';
}

/**
 * Reads settings from an environment. An empty variable counts as not set.
 * @throws SettingsError naming every setting that is wrong
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new SettingsError(`Cannot start: ${faults.join('; ')}.`);
}

export const booleanSetting = z
  .enum(['true', 'false'], 'must be "true" or "false"')
  .transform((text) => text === 'true');

/** A whole number within bounds, written in decimal digits. */
export function numberSetting(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .pipe(z.number().min(min, expected).max(max, expected));
}

export const portSetting = numberSetting(1, 65_535);

export const logLevelSetting = z.enum(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  'must be one of fatal, error, warn, info, debug, trace, silent',
);

/** Addresses, CIDR ranges and the names that proxy-addr knows, joined by commas. */
export const trustedProxiesSetting = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (proxies) => proxies.every(isProxy),
    'must be addresses or CIDR ranges joined by commas, or "loopback", "linklocal", "uniquelocal"',
  );

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0) return ['loopback', 'linklocal', 'uniquelocal'].includes(text);
  const bitsMax = family === 4 ? 32 : 128;
  return rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax));
}

export const databaseUrlSetting = z
  .string('must be set, as in postgres://user:password@host:5432/database')
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must be a postgres:// URL');
