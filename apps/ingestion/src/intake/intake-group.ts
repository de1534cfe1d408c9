import { isReprint, resemblance, similarity } from '#near-duplicates';
import { type Cause } from '#ledger';
import { type ReceiveStatement } from '../statements/statement.decider.ts';
import { placeOf, type Arrival, type NewPlace, type Place } from './arrival.place.ts';
import { candidatesFor, textsLike, type Candidate, type Tx } from './text-index.ts';
import { type Preparation } from './text-index.writer.ts';

/** A text that waits to be placed. */
export interface Arriving extends Arrival, Preparation {
  readonly cause: Cause;
  /** What is to be recorded of it there. */
  commandFor(place: NewPlace, cluster: string): ReceiveStatement;
}

export interface Placed {
  readonly arriving: Arriving;
  readonly place: Place;
  /** The cluster that a new statement belongs to. */
  readonly cluster: string;
}

/** Places the texts of one group, each among those before it. No two of them may share a wording or a page. */
export async function placeGroup(tx: Tx, group: readonly Arriving[]): Promise<readonly Placed[]> {
  const places = await placesOf(tx, group);
  const fresh = places.filter(({ place }) => place.kind === 'new');
  const candidates = await candidatesFor(
    tx,
    fresh.map(({ arriving }) => arriving.sketch),
  );
  const clusters = new Map<Arriving, string>();
  fresh.forEach(({ arriving, place }, index) => {
    const recorded = candidates.filter(({ arrival }) => arrival === index);
    const beside = [...clusters].map(([{ sketch }, cluster]) => ({ sketch, cluster }));
    clusters.set(arriving, bestMatch(arriving, [...recorded, ...beside]) ?? place.statementId);
  });
  return places.map((each) => ({ ...each, cluster: clusters.get(each.arriving) ?? each.place.statementId }));
}

async function placesOf(tx: Tx, group: readonly Arriving[]) {
  const pages = group.flatMap(({ page }) => (page === null ? [] : [page]));
  const { sameWording, onPage } = await textsLike(
    tx,
    group.map(({ wording }) => wording),
    pages,
  );
  return group.map((arriving) => ({
    arriving,
    place: placeOf(arriving, {
      sameWording: sameWording.filter(({ wording }) => wording === arriving.wording),
      onPage: onPage
        .filter(({ page }) => page === arriving.page)
        .map((text) => ({ ...text, resemblance: resemblance(arriving.vocabulary, text.vocabulary) })),
    }),
  }));
}

/** The cluster of the most similar copy; of the one recorded first where several are as similar. */
function bestMatch({ sketch }: Arriving, candidates: readonly Pick<Candidate, 'sketch' | 'cluster'>[]) {
  let best: string | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const common = similarity(sketch, candidate.sketch);
    if (common <= most || !isReprint(sketch, candidate.sketch)) continue;
    most = common;
    best = candidate.cluster;
  }
  return best;
}
