import { type Pool } from 'pg';
import { type Fetcher, type ReadingRoom } from '#harvest';

/** What a turn at a source needs of the world. */
export interface TurnParts {
  readonly pool: Pool;
  readonly fetchFeed: Fetcher;
  readonly fetchPage: Fetcher;
  /** Reads no more of a page than it takes to know that it is there. */
  readonly fetchPresence: Fetcher;
  readonly room: ReadingRoom;
  readonly now: () => number;
  /** Pages fetched in one turn; the others wait for the next. */
  readonly pagesMax: number;
}
