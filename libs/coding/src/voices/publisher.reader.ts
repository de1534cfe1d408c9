import { actorAt, actorNamedAt, findActors } from '../actors/actor.finder.ts';
import { type ActorGazetteer } from '../actors/actor.gazetteer.ts';
import { foldPhrase, foldText } from '../text/folded-text.ts';
import { nobody } from '../actors/people.ts';
import { type Reading } from '../actors/person.name.ts';
import { tokenize, type Word } from '../text/word.tokenizer.ts';

export interface Publisher {
  /** Whom it speaks for: a government's organ for its country, anyone else for itself. */
  readonly voice: string;
  /** The state whose offices its texts mean when they name no other. */
  readonly home: string | null;
  /** The body whose spokespeople its texts mean when they name no other. */
  readonly house: string | null;
  /** The country that a newspaper's name tells it writes from. */
  readonly scene: string | null;
}

export function readPublisher(gazetteer: ActorGazetteer, name: string): Publisher {
  const listed = gazetteer.publishers.get(foldPhrase(name));
  const organ = listed === undefined ? stateOfOrgan(gazetteer, name) : null;
  const voice = listed ?? organ ?? namedVoice(gazetteer, name);
  const home = gazetteer.states.has(voice) || organ !== null ? voice : null;
  const house = gazetteer.bodies.has(voice) ? voice : null;
  return { voice, home, house, scene: home ?? countryIn(gazetteer, name) };
}

/** "ICRC", "Permanent Mission of Armenia to the United Nations"; the name itself where it is nobody's whom we know. */
function namedVoice(gazetteer: ActorGazetteer, name: string): string {
  const words = tokenize(name, foldText(name));
  const reading: Reading = { gazetteer, source: name, words, people: nobody() };
  const found = actorAt(reading, words[0]?.text === 'the' ? 1 : 0);
  const rest = words[found?.next ?? words.length]?.text;
  const isWhole = rest === undefined || rest === 'to' || rest === 'in' || rest === 'at';
  // "Maritime Ledger": what reads as an office and a name is a newspaper's.
  return found?.isKnown === true && found.person === null && isWhole ? found.speaker : name;
}

const canalOrPort = /^(?:the )?(\p{Lu}[\p{L}'’-]+) (?:Canal|Ports?|Harbour|Maritime) Authority$/u;
const lastPlace =
  /\bof (?:the )?(?:(?:Republic|Kingdom|State|Federation|Commonwealth) of )?(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)$/u;

/** The state whose ministry, embassy, navy or canal authority a name is, also a state that no data lists. */
function stateOfOrgan(gazetteer: ActorGazetteer, name: string): string | null {
  const words = tokenize(name, foldText(name));
  if (!isOrgan(gazetteer, words)) return null;
  const known = findActors(gazetteer, name, words, nobody()).find(
    ({ isKnown, person, speaker }) => isKnown && speaker !== person && speaker !== name,
  );
  const adjective = words.flatMap(({ text }) => gazetteer.demonyms.get(text) ?? [])[0];
  return known?.speaker ?? adjective ?? (canalOrPort.exec(name) ?? lastPlace.exec(name))?.[1] ?? null;
}

function isOrgan({ words: { stateOrgan, pressName } }: ActorGazetteer, words: readonly Word[]): boolean {
  return words.some(({ text }) => stateOrgan.has(text)) && !words.some(({ text }) => pressName.has(text));
}

function countryIn(gazetteer: ActorGazetteer, name: string): string | null {
  const words = tokenize(name, foldText(name));
  const named = words.flatMap((_, at) => actorNamedAt(gazetteer, words, at) ?? []);
  return named.find((speaker) => gazetteer.states.has(speaker)) ?? null;
}

const reportTitle =
  /\b[Rr]eports? on [^:]{3,80}: (?:the )?(\p{Lu}[\p{L}’'-]*(?: (?:of |and |the )?\p{Lu}[\p{L}’'-]*){0,4})/u;

/** The state that a report is on: "Country Report on Human Rights Practices: Norway". */
export function stateReportedOn(gazetteer: ActorGazetteer, title: string): string | null {
  const name = reportTitle.exec(title)?.[1];
  return name === undefined ? null : (countryIn(gazetteer, name) ?? name);
}
