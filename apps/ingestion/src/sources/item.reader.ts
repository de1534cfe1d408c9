import { HarvestError, type FeedItem, type FeedText, type ReadingRoom } from '#harvest';
import { isWholeText } from './item.text.ts';

/** What a feed gives of an item's text, and whether that is all of it. */
export interface ItemReading {
  readonly text: string;
  readonly isWhole: boolean;
}

export async function readItemText(item: FeedItem, room: ReadingRoom): Promise<ItemReading> {
  const declared = await readFragment(item.content, room);
  if (isWholeText(declared, true)) return { text: declared, isWhole: true };
  const summary = await readFragment(item.summary, room);
  const text = summary.length > declared.length ? summary : declared;
  return { text, isWhole: isWholeText(text, false) };
}

/** A piece that cannot be read is one that is not there: the page may still be. */
async function readFragment(piece: FeedText | null, room: ReadingRoom): Promise<string> {
  if (piece === null) return '';
  try {
    return await room.readFragment(piece);
  } catch (error) {
    if (error instanceof HarvestError) return '';
    throw error;
  }
}
