/** A text shorter than this is an abstract, even where a feed calls it the content. */
const declaredLengthMin = 400;
/** What a feed does not call the content is one from this length on. */
const undeclaredLengthMin = 1_500;

/** How feeds end a text that goes on elsewhere. */
const goesOnElsewhere =
  /(\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\]|\b(read|see) (more|on|the full \w{1,20})|\bcontinue reading|\bfull story|\blire la suite)[^\p{L}]{0,10}$/iu;

/**
 * Whether a feed gives the whole text of an item, so that its page need not be fetched for it: the text does not say
 * that it goes on elsewhere, and is as long as texts are. Feeds misuse their fields too often to believe these alone.
 * @param declared it stands in a field that is meant for the whole text
 */
export function isWholeText(text: string, declared: boolean): boolean {
  const tail = text.slice(-80);
  // The line that WordPress adds below says nothing of what is above it.
  const body = tail.replace(/\n?the post .{1,80} appeared first on .{1,80}$/i, '');
  return text.length >= (declared ? declaredLengthMin : undeclaredLengthMin) && !goesOnElsewhere.test(body);
}
