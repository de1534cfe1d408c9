import { actorNamedAt } from './actor.finder.ts';
import { type WordLists } from './word-lists.ts';
import { type CorridorGazetteer, type Mention, passageKind, stateOf } from './corridor.gazetteer.ts';
import { mergeStates } from './mention.merger.ts';
import { longestPhrase } from './phrase.trie.ts';
import { type Word } from './word.tokenizer.ts';

export function findMentions(gazetteer: CorridorGazetteer, words: readonly Word[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length;) {
    const mention =
      nameAt(gazetteer, words, at) ?? siegeAt(gazetteer, words, at) ?? contextAt(gazetteer, words, at);
    if (mention === null) {
      at++;
      continue;
    }
    mentions.push(mention);
    at = mention.to;
  }
  return mergeStates(mentions, words, gazetteer.lexicon.words);
}

const plain = { isName: false, isListed: false, isPlural: false, isSpecific: false } as const;

function nameAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const name = longestPhrase(gazetteer.names, words, at);
  if (name !== null) {
    const kind = name.entries[0]?.kind ?? 'passage';
    const corridors = name.entries.map(({ corridor }) => corridor);
    return { ...plain, corridors, kind, isName: true, isListed: true, from: at, to: name.end };
  }
  return stemAt(gazetteer, words, at);
}

/** "the Lachin (or Berdzor) corridor", "Rafah border crossing", "the crossings at Rafah", "closing Lachin". */
function stemAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const lists = gazetteer.lexicon.words;
  const stem = longestPhrase(gazetteer.stems, words, at);
  if (stem === null || words[at]?.isCapitalized !== true) return null;
  const mention = { ...plain, corridors: stem.entries, kind: 'passage', from: at } as const;
  for (let next = stem.end; next < Math.min(words.length, stem.end + 4); next++) {
    const word = words[next];
    if (word === undefined) break;
    if (lists.headNoun.has(word.text)) return { ...mention, isName: true, isListed: true, to: next + 1 };
    if (!word.isCapitalized && word.text !== 'or' && !lists.plainWord.has(word.text)) break;
  }
  if (isListedWithHead(lists, words, stem.end))
    return { ...mention, isName: true, isListed: true, to: stem.end };
  if (words[stem.end]?.isCapitalized === true && words[stem.end]?.isJoined === true) return null;
  const [lead, head] = [words[at - 1]?.text ?? '', words[at - 2]?.text ?? ''];
  if (['at', 'in', 'of', 'near'].includes(lead) && lists.pluralHead.has(head))
    return { ...mention, isName: true, isListed: true, to: stem.end };
  return isLedByPassage(lists, words, at) ? { ...mention, to: stem.end } : null;
}

/** "via Rafah", "closing Rafah", "the reopening of Rafah". */
function isLedByPassage({ passageLead }: WordLists, words: readonly Word[], at: number): boolean {
  const lead = words[at - 1]?.text ?? '';
  return passageLead.has(lead === 'of' ? (words[at - 2]?.text ?? '') : lead);
}

/** "Rafah and Erez crossings": the noun stands behind the last of them. */
function isListedWithHead(lists: WordLists, words: readonly Word[], from: number): boolean {
  if (words[from]?.text !== 'and' && words[from]?.text !== 'or') return false;
  for (let next = from + 1; next < Math.min(words.length, from + 5); next++) {
    const word = words[next];
    if (word === undefined) return false;
    if (lists.pluralHead.has(word.text)) return next > from + 1;
    if (!word.isCapitalized && !lists.plainWord.has(word.text)) return false;
  }
  return false;
}

/** "blockade of the people of Artsakh", "Artsakh under blockade", "besieged Madaya". */
function siegeAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const lists = gazetteer.lexicon.words;
  const word = words[at];
  if (word === undefined) return null;
  const siege = (corridors: readonly string[], to: number): Mention => ({
    ...plain,
    corridors,
    kind: 'blocked',
    isName: true,
    isListed: true,
    from: at,
    to,
  });
  const territory = longestPhrase(gazetteer.territories, words, at);
  if (territory !== null) {
    const next = words[territory.end]?.text;
    const noun = next === 'under' || next === 's' ? territory.end + 1 : territory.end;
    return isSiegeNoun(words[noun]) ? siege(territory.entries, noun + 1) : null;
  }
  const isSiege = isSiegeNoun(word);
  if (!isSiege && !lists.siegeWord.has(word.text)) return null;
  if (isSiege && !['of', 'on', 'against'].includes(words[at + 1]?.text ?? '')) return null;
  for (let next = at + 1; next < Math.min(words.length, at + 8); next++) {
    const found = longestPhrase(gazetteer.territories, words, next);
    if (found !== null) return siege(found.entries, found.end);
    if (words[next]?.isCapitalized === true) return null;
  }
  return null;
}

function isSiegeNoun(word: Word | undefined): boolean {
  return word?.text === 'blockade' || word?.text === 'siege';
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
    return { ...plain, corridors, kind: state, from: at, to: at + 1 };
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
    ...plain,
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

/** "the border with Jordan" is none of a corridor that Jordan is no party to. */
function isAtAnotherPlace(
  { profiles, lexicon }: CorridorGazetteer,
  words: readonly Word[],
  end: number,
  corridors: readonly string[],
): boolean {
  if (!lexicon.words.placeWord.has(words[end]?.text ?? '')) return false;
  for (let next = end + 1; next < Math.min(words.length, end + 4); next++) {
    if (words[next]?.isCapitalized !== true) continue;
    const actor = actorNamedAt(lexicon.actors, words, next);
    return actor !== null && !corridors.some((id) => profiles.get(id)?.parties.has(actor));
  }
  return false;
}

/** "the blockade of Gaza" where Gaza is no territory of a corridor; "the Gaza blockade". */
function isOfAnotherPlace(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const { lexicon } = gazetteer;
  const lists = lexicon.words;
  const before = words[at - 1]?.text === 's' ? at - 2 : at - 1;
  const lead = words[before];
  const isPlace = before > 0 && lead?.isCapitalized === true && !lists.determiner.has(lead.text);
  if (isPlace && actorNamedAt(lexicon.actors, words, before) === null) return true;
  if (!lists.linkWord.has(words[at + 1]?.text ?? '')) return false;
  for (let next = at + 2; next < Math.min(words.length, at + 6); next++) {
    if (longestPhrase(gazetteer.names, words, next) !== null) return false;
    if (longestPhrase(gazetteer.territories, words, next) !== null) return false;
    const word = words[next];
    // "On Monday" is no place.
    if (word?.isCapitalized !== true || lists.notName.has(word.text)) continue;
    return !isRelated(gazetteer, words, next) && nameAt(gazetteer, words, next) === null;
  }
  return false;
}

/** A party to a corridor, or a word of its names: "a blockade in the Black Sea". */
function isRelated({ profiles, lexicon }: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const actor = actorNamedAt(lexicon.actors, words, at);
  return [...profiles.values()].some(
    ({ parties, topics }) => (actor !== null && parties.has(actor)) || topics.has(words[at]?.text ?? ''),
  );
}

/** A territory with a word of access beside it: "aid for Tigray", "Mariupol evacuation". */
export function servedAt(gazetteer: CorridorGazetteer, words: readonly Word[]): readonly string[] {
  const { lexicon } = gazetteer;
  const lists = lexicon.words;
  for (let at = 0; at < words.length; at++) {
    if (words[at]?.isCapitalized !== true) continue;
    const place = longestPhrase(gazetteer.served, words, at);
    if (place === null) continue;
    const isNear = words
      .slice(Math.max(0, at - accessWordsMax), place.end + accessWordsMax)
      .some(({ text }) => lists.accessNoun.has(text));
    // A country's name stands for its government too, wherever aid is spoken of.
    const isLed =
      lists.placeWord.has(words[at - 1]?.text ?? '') && lists.accessNoun.has(words[at - 2]?.text ?? '');
    const isState = longestPhrase(lexicon.actors.forms, words, at)?.entries.some((form) => !form.isAdjective);
    if (isState === true ? isLed : isNear) return place.entries;
  }
  return [];
}

const accessWordsMax = 14;
