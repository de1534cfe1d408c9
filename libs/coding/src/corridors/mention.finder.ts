import { actorNamedAt } from '../actors/actor.finder.ts';
import { type CorridorGazetteer, type Mention } from './corridor.gazetteer.ts';
import { passageKind, stateOf } from './mention.kind.ts';
import { mergeStates } from './mention.merger.ts';
import { isLedByPassage, nameAt, plainMention } from './name.finder.ts';
import { isAtAnotherPlace, isOfAnotherPlace } from './other-place.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { siegeAt } from './territory.finder.ts';
import { type Word } from '../text/word.tokenizer.ts';

export function findMentions(gazetteer: CorridorGazetteer, words: readonly Word[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length;) {
    // Most words begin no mention, which one look tells.
    const mention = gazetteer.openers.has(words[at]?.text ?? '') ? mentionAt(gazetteer, words, at) : null;
    if (mention === null) {
      at++;
      continue;
    }
    mentions.push(mention);
    at = mention.to;
  }
  return mergeStates(mentions, words, gazetteer.lexicon.words);
}

function mentionAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  return nameAt(gazetteer, words, at) ?? siegeAt(gazetteer, words, at) ?? contextAt(gazetteer, words, at);
}

function contextAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const lists = gazetteer.lexicon.words;
  const word = words[at];
  const state = stateOf(word?.text, lists);
  if (state !== undefined && word?.text !== 'blocking') {
    if (lists.verbLead.has(words[at - 1]?.text ?? '')) return null;
    const lead = leadOf(gazetteer, words, at);
    const isFree = word?.text === 'blockade' || lead.isDetermined;
    if (!isFree || isOfAnotherPlace(gazetteer, words, at)) return null;
    const corridors = ofParty(gazetteer, [...gazetteer.profiles.keys()], lead.actor);
    return { ...plainMention, corridors, kind: state, from: at, to: at + 1 };
  }
  const context = longestPhrase(gazetteer.context, words, at);
  if (context === null) return null;
  const lead = leadOf(gazetteer, words, at);
  const isLed = isLedByPassage(lists, words, at) || words[context.end]?.text === 'crossing';
  const entries = context.entries.filter(
    ({ needsDeterminer, isPlace }) => (lead.isDetermined || !needsDeterminer) && (isLed || !isPlace),
  );
  const named = entries.map(({ corridor }) => corridor);
  const corridors = ofParty(gazetteer, [...new Set(named)], lead.actor);
  if (corridors.length === 0 || isAtAnotherPlace(gazetteer, words, context.end, corridors)) return null;
  return {
    ...plainMention,
    corridors,
    kind: passageKind([words[context.end - 1]?.text ?? ''], lists),
    isPlural: lists.pluralHead.has(words[context.end - 1]?.text ?? ''),
    isListed: entries.some(({ isListed }) => isListed),
    isSpecific: entries.some(({ isSpecific }) => isSpecific),
    from: at,
    to: context.end,
  };
}

function ofParty(
  { profiles }: CorridorGazetteer,
  corridors: readonly string[],
  actor: string | null,
): readonly string[] {
  return actor === null ? corridors : corridors.filter((id) => profiles.get(id)?.parties.has(actor));
}

interface Lead {
  readonly isDetermined: boolean;
  /** Whose it is: "the Egyptian crossing". */
  readonly actor: string | null;
}

/** "the ongoing …", "this vital …"; a capital between them names another one ("the Meghri corridor"). */
function leadOf(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Lead {
  const { lexicon } = gazetteer;
  const lists = lexicon.words;
  const none = { isDetermined: false, actor: null };
  for (let before = at - 1; before >= Math.max(0, at - 4); before--) {
    const word = words[before];
    if (word === undefined || !words[before + 1]?.isJoined) return none;
    if (lists.determiner.has(word.text)) return { isDetermined: true, actor: null };
    const actor = actorNamedAt(lexicon.actors, words, before);
    if (actor !== null) return { isDetermined: true, actor };
    const isOwnPlace = longestPhrase(gazetteer.territories, words, before) !== null;
    const ends = [lists.linkWord, lists.phraseEnd, lists.otherKind].some((list) => list.has(word.text));
    if (ends || (word.isCapitalized && !isOwnPlace)) return none;
  }
  return none;
}
