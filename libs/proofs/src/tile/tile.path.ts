import { quoted } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';

/** A tile holds up to 256 hashes: a subtree eight levels high. C2SP tlog-tiles. */
export const tileHeight = 8;
export const tileWidth = 256;

/** `entries` are the bundles of leaves themselves. */
export type TileLevel = number | 'entries';

export interface TileAddress {
  readonly level: TileLevel;
  /** Of the tile in its level, from 0. */
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

export function tilePath({ level, index, width }: TileAddress): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const elements = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group));
  return `tile/${level}/${elements.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

const form = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/;

/** @throws ProofError `bad_tile_path`; each tile has one path, so leading zeroes too many are refused */
export function parseTilePath(path: string): TileAddress {
  const [, level = '', elements = '', width] = form.exec(path) ?? [];
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(elements.replaceAll(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  if (!isAddress(address) || tilePath(address) !== path) {
    throw new ProofError(
      'bad_tile_path',
      `${quoted(path)} is no path of a tile, such as tile/0/x001/234 or tile/1/000.p/17`,
    );
  }
  return address;
}

function isAddress({ level, index, width }: TileAddress): boolean {
  const isLevel = level === 'entries' || level <= 63;
  return isLevel && Number.isSafeInteger(index) && width >= 1 && width <= tileWidth;
}

/** How many hashes the tile has in a tree of that size; 0 where the tree does not reach it. */
export function widthIn(size: number, level: number, index: number): number {
  const hashCount = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashCount - index * tileWidth));
}
