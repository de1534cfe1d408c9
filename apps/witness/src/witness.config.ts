import { z } from 'zod';
import { logLevelSetting, portSetting, readSettings } from '#platform';

const settings = z.object({
  PORT: portSetting.default(3010),
  HOST: z.string().default('0.0.0.0'),
  /** Its key and the latest checkpoint of each log; MUST survive, and MUST NOT be copied back from an older time. */
  WITNESS_DIR: z.string().default('.data/witness'),
  /** A schema-less URL; made up and kept with the key when not given. */
  WITNESS_NAME: z
    .string()
    .regex(
      /^[^\s+\p{Cc}]{1,200}$/u,
      'must be a name without spaces and plus signs, as in "witness.example/w1"',
    )
    .optional(),
  /** The verifier keys of the logs that are cosigned, parted by white space or commas. */
  WITNESS_LOGS: z
    .string('must hold the verifier key of at least one log, as GET /v1/audit/key gives it')
    .transform((text) => text.split(/[\s,]+/).filter((vkey) => vkey !== ''))
    .pipe(z.array(z.string()).min(1, 'must hold the verifier key of at least one log')),
  LOG_LEVEL: logLevelSetting.default('info'),
});
export type WitnessSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function witnessSettings(environment = process.env): WitnessSettings {
  return readSettings(settings, environment);
}
