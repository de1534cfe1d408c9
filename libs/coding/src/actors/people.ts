import { type Person, surnameOf } from './actor.gazetteer.ts';

/** Whom a text has introduced, so that "Doe" and "the minister" mean someone later on. Grows as the text is read. */
export interface People {
  /** By the folded surname. */
  readonly bySurname: Map<string, Person>;
  /** By the words of the office, folded. */
  readonly byOffice: Map<string, Person>;
  /** The state that publishes the text, whose offices need no country before them. */
  readonly home: string | null;
  /** The body that publishes the text, like a humanitarian agency; its spokespeople need no name of it. */
  readonly house: string | null;
  /** The state that a report is on: "the government" in it is that one's, whoever publishes it. */
  readonly reported: string | null;
  /** States that no data lists, by their names in lower case. */
  readonly states: Map<string, string>;
  /** The state that was last a subject: "the foreign minister, Jane Doe" is its own. */
  readonly scene: { state: string | null };
}

interface Setting {
  readonly home: string | null;
  readonly house: string | null;
  readonly reported: string | null;
  readonly scene: string | null;
}

export function nobody(
  { home, house, reported, scene }: Setting = { home: null, house: null, reported: null, scene: null },
): People {
  return {
    bySurname: new Map(),
    byOffice: new Map(),
    home,
    house,
    reported,
    states: new Map(),
    scene: { state: scene },
  };
}

export interface Introduction {
  readonly speaker: string;
  readonly person: string | null;
  /** Folded; null where the text gives none. */
  readonly office?: string | null;
}

export function rememberPeople(introduced: readonly Introduction[], people: People): void {
  for (const { speaker, person, office = null } of introduced) {
    if (person === null) continue;
    const surname = surnameOf(person);
    const known = people.bySurname.get(surname);
    // "Mr. Doe" says less than the full name that came before it.
    if (known === undefined || person.includes(' ')) people.bySurname.set(surname, { speaker, person });
    if (office === null) continue;
    for (const words of endingsOf(office)) {
      // "The President" of a state's own text is its own, whomever else it names.
      const other = people.byOffice.get(words);
      if (people.home !== null && other?.speaker === people.home && speaker !== people.home) continue;
      people.byOffice.set(words, people.bySurname.get(surname) ?? { speaker, person });
    }
  }
}

/** "Deputy foreign minister", "foreign minister", "minister". */
function endingsOf(office: string): readonly string[] {
  const words = office.split(' ');
  return words.map((_, index) => words.slice(index).join(' '));
}
