import { type DerivedStatus } from '#events';
import { type Said } from './evidence-day.ts';
import { type Says } from './weighed-claim.ts';

/** Whoever contradicted during the run, until they come round. */
export function disputers(
  status: DerivedStatus,
  before: readonly string[],
  said: readonly Said[],
): readonly string[] {
  const against = contrary[status].flatMap(([says, who]) =>
    said.flatMap((each) => each[says]?.[who] ?? nobody),
  );
  const comeRound =
    before.length === 0 || status === 'unknown'
      ? nobody
      : said.flatMap((each) => each[status]?.speakers ?? nobody).filter((name) => !against.includes(name));
  const isSame =
    against.every((name) => before.includes(name)) && !comeRound.some((name) => before.includes(name));
  if (isSame) return before;
  const names = new Set([...before.filter((name) => !comeRound.includes(name)), ...against]);
  return [...names].sort().slice(0, disputersMax);
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
