import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1, 'must be from 1 to 1000')
    .max(1000, 'must be from 1 to 1000')
    .default(100),
  cursor: z.string().max(500).optional(),
};

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export class InvalidCursorError extends Error {
  readonly code = 'invalid_cursor';
  constructor() {
    super('The cursor was not given out by this service, or not for this list.');
  }
}

/** Opaque cursors that only we can make: base64url of the place, and an HMAC over list name and place. */
export interface Cursors {
  seal(list: string, place: string): string;
  /** @throws InvalidCursorError */
  open(list: string, cursor: string): string;
}

export function signedCursors(key: Buffer): Cursors {
  const sign = (list: string, place: string) =>
    createHmac('sha256', key).update(`${list}\n${place}`).digest().subarray(0, 16);
  return {
    seal: (list, place) =>
      `${Buffer.from(place).toString('base64url')}.${sign(list, place).toString('base64url')}`,
    open: (list, cursor) => {
      const [encoded = '', signature = ''] = cursor.split('.');
      const place = Buffer.from(encoded, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const right = sign(list, place);
      if (given.length !== right.length || !timingSafeEqual(given, right)) throw new InvalidCursorError();
      return place;
    },
  };
}

/**
 * A page from rows that were asked for with `limit + 1`: the row too many only tells that there is more.
 * @param placeOf where the next page starts, after the given last row
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  placeOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last !== undefined ? placeOf(last) : null };
}
