import { type DerivedStatus } from '#events';
import { type Said } from './evidence-day.ts';
import { type Says } from './weighed-claim.ts';

/** Whoever contradicted during the run, until they come round; who says both on one day disputes neither. */
export function disputers(
  status: DerivedStatus,
  before: readonly string[],
  said: readonly Said[],
): readonly string[] {
  const against = contrary[status].flatMap(([says, who]) => said.map((each) => each[says]?.[who] ?? nobody));
  const concurring = status === 'unknown' ? [] : said.map((each) => each[status]?.speakers ?? nobody);
  const isSame =
    against.every((names) => holdsAll(before, names)) && !concurring.some((names) => meet(before, names));
  if (isSame) return before;
  const names = new Set([...before, ...against.flat()]);
  for (const name of concurring.flat()) names.delete(name);
  return [...names].sort().slice(0, disputersMax);
}

/** All lists are in order, so one walk over both tells. */
function holdsAll(names: readonly string[], some: readonly string[]): boolean {
  let at = 0;
  for (const name of some) {
    while (at < names.length && (names[at] ?? '') < name) at++;
    if (names[at] !== name) return false;
  }
  return true;
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  let at = 0;
  for (const name of b) {
    while (at < a.length && (a[at] ?? '') < name) at++;
    if (a[at] === name) return true;
  }
  return false;
}

/** "Restricted" does not dispute "blocked", but "it is not blocked, it is restricted" does. */
const contrary: Readonly<Record<DerivedStatus, readonly (readonly [Says, 'speakers' | 'deniers'])[]>> = {
  open: [
    ['blocked', 'speakers'],
    ['restricted', 'speakers'],
  ],
  restricted: [
    ['open', 'speakers'],
    ['blocked', 'deniers'],
  ],
  blocked: [
    ['open', 'speakers'],
    ['restricted', 'deniers'],
  ],
  unknown: [],
};

const disputersMax = 40;

export const nobody: readonly string[] = [];
