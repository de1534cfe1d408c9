import { type Reliability } from '#events';
import { observerReliability, type Voice } from './rule-set.ts';
import { type BookSettings, type CorridorRules, type StatusClaim } from './status.ts';
import { tellsOwnAct } from './told-by-words.ts';

/** Rule 3: what a party says of its own act is another matter than what it says of the other side's. */
export function voiceOf(claim: StatusClaim, says: string, corridor: CorridorRules, kind?: string): Voice {
  const own = sameName(claim.speaker, claim.publisher);
  if (isNamed(claim.speaker, corridor.parties) || (own && kind === 'party')) {
    if (says === 'open' || says === 'passed') return 'interested';
    return isOwnAct(claim) ? 'admission' : 'party';
  }
  if (isNamed(claim.speaker, courtNames) || (own && kind === 'court')) return 'court';
  if (isObserver(claim.speaker, corridor)) return 'observer';
  if (own) return 'publisher';
  // Where nobody is named as a party, anyone who is quoted may be one.
  if (corridor.parties.length === 0 && says === 'open') return 'interested';
  return isOwnAct(claim) ? 'actor' : 'other';
}

/** The grade that holds: one set since, else the one at the time of coding, else none. */
export function gradeOf({ publisher, grade }: StatusClaim, { grades }: BookSettings) {
  return grades.get(publisher) ?? grade;
}

export function reliabilityOf(claim: StatusClaim, settings: BookSettings): Reliability | null {
  const grade = gradeOf(claim, settings);
  if (grade !== null) return grade.reliability;
  return isObserver(claim.publisher, settings.corridor) ? observerReliability : null;
}

export function sameName(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}

function isOwnAct(claim: StatusClaim): boolean {
  const { actor, speaker } = claim;
  return (actor !== null && sameName(actor, speaker)) || tellsOwnAct(claim);
}

function isObserver(name: string, { operators }: CorridorRules): boolean {
  return isNamed(name, operators) || isNamed(name, observerNames);
}

function isNamed(name: string, names: readonly string[]): boolean {
  return names.some((other) => sameName(name, other));
}

function fold(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  const made = name
    .trim()
    .toLowerCase()
    .replace(/^(?:the|www\.)\s*/, '')
    .replace(/\.(?:org|int|com|net)$/, '');
  if (folded.size >= foldedMax) folded.clear();
  folded.set(name, made);
  return made;
}

// Each claim is held against the names of all parties and observers; folding them anew costs more than the weighing.
const folded = new Map<string, string>();
const foldedMax = 10_000;

/** Those who watch corridors for no side. */
const observerNames: readonly string[] = [
  'icrc',
  'international committee of the red cross',
  'red cross',
  'red crescent',
  'united nations',
  'un',
  'ocha',
  'un ocha',
  'unocha',
  'wfp',
  'unicef',
  'unhcr',
  'who',
  'iom',
  'ohchr',
  'unrwa',
  'osce',
  'euma',
  'eu monitoring mission',
  'médecins sans frontières',
  'msf',
];

const courtNames: readonly string[] = [
  'international court of justice',
  'icj',
  'icj-cij',
  'international criminal court',
  'european court of human rights',
];
