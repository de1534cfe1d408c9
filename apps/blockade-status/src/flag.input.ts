import { z } from 'zod';

/** A query parameter that says yes or no. */
export const flag = z
  .enum(['true', 'false'], 'must be "true" or "false"')
  .transform((text) => text === 'true');
