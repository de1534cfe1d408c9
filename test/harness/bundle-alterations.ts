import { canonicalize, endLine, eventLine, type Leaf, payloadHash } from '#proofs';

/** What somebody may do to a bundle between the log and its reader, and what the reader must find. */
export interface Alteration {
  readonly when: string;
  readonly code: string;
  /** Of the event at fault; null where it is none. */
  readonly position: number | null;
  alter(lines: string[]): void;
}

/** Position 301 is in the bundles of the whole ledger and of the corridor; so is 304. */
const place = 301;

/** To any bundle. */
export const alterations: readonly Alteration[] = [
  atEvent('a payload is edited', 'payload_altered', place, 'The road is shut', 'The road is open'),
  atEvent('a salt is edited', 'payload_altered', place, /"salt":"../, '"salt":"00'),
  atEvent('a column is edited', 'event_altered', place, '"actor":"desk"', '"actor":"dusk"'),
  {
    when: 'a payload is edited and its hash computed anew',
    code: 'event_altered',
    position: place,
    alter: (lines) => {
      edit(lines, lineOf(lines, place), 'The road is shut', 'The road is open');
      rehash(lines, lineOf(lines, place));
    },
  },
  {
    when: 'two payloads are edited, the later one before the former',
    code: 'payload_altered',
    position: place,
    alter: (lines) => {
      edit(lines, lineOf(lines, 400), 'The road is shut', 'The road is open');
      edit(lines, lineOf(lines, place), 'The road is shut', 'The road is open');
    },
  },
  atEvent('a payload is taken away', 'payload_missing', place, /"payload":\{.*?\},/, '"payload":null,'),
  atEvent('a member is there twice', 'malformed_bundle', place, '"actor":', '"actor":"dusk","actor":'),
  atEvent('a member is added', 'malformed_bundle', place, '"leaf":{', '"a":1,"leaf":{'),
  atEvent('a column is added', 'malformed_bundle', place, '"actor":', '"aaa":1,"actor":'),
  atEvent('white space is added', 'malformed_bundle', place, '"leaf":', '"leaf": '),
  atEvent('a line is cut', 'malformed_bundle', null, /.{20}$/, ''),
  atEvent('a lone surrogate comes in', 'malformed_bundle', place, 'shut', String.raw`sh\ud800t`),
  atEvent('an event is of a leaf version of the future', 'malformed_bundle', null, '"v":2', '"v":3'),
  atPosition('negative', '-301', 'bad_position', null),
  atPosition('0', '0', 'bad_position', null),
  atPosition('too large to be exact', '9007199254740993', 'bad_position', null),
  atPosition('larger than any number', '1e400', 'bad_position', null),
  atPosition('text', '"301"', 'bad_position', null),
  atPosition('a fraction', '301.5', 'bad_position', null),
  atPosition('no number', 'null', 'bad_position', null),
  inHeader('the checkpoint tells of another size', 'bad_signature', String.raw`\n600\n`, String.raw`\n601\n`),
  inHeader('the size is no decimal', 'malformed_checkpoint', String.raw`\n600\n`, String.raw`\n0600\n`),
  inHeader('the signature is edited', 'bad_signature', /(— log\S* \S{12})..../, '$1AAAA'),
  inHeader('the cosignature is edited', 'bad_signature', /(— witness\S* \S{40})..../, '$1AAAA'),
  inHeader(
    'the note holds a control character',
    'control_character',
    'log.example',
    String.raw`log\u001b.example`,
  ),
  inHeader('the note has 17 signatures', 'too_many_signatures', /(— witness\S* \S*?\\n)/, '$1'.repeat(16)),
  inHeader('the bundle is of another format', 'malformed_bundle', 'bundle/1', 'bundle/2'),
  inHeader('the header tells of one event less', 'event_count', /"eventCount":\d+/, '"eventCount":100'),
  {
    when: 'the bundle is cut off',
    code: 'truncated',
    position: null,
    alter: (lines) => lines.splice(-5),
  },
  {
    when: 'the bundle is cut off behind its header',
    code: 'truncated',
    position: null,
    alter: (lines) => lines.splice(1),
  },
  {
    when: 'something follows the end of the bundle',
    code: 'malformed_bundle',
    position: null,
    alter: (lines) => lines.push(lines[lineOf(lines, place)] ?? ''),
  },
  {
    when: 'events and the counts of them are taken away at the end',
    code: 'event_count',
    position: null,
    alter: (lines) => lines.splice(-3, 3, endLine(1)),
  },
];

/** To the bundle of a whole ledger, where no event may be missing. */
export const alterationsOfWhole: readonly Alteration[] = [
  {
    when: 'an event is there twice',
    code: 'event_missing',
    position: place + 1,
    alter: (lines) => lines.splice(lineOf(lines, place), 0, lines[lineOf(lines, place)] ?? ''),
  },
  {
    when: 'an event is taken away',
    code: 'event_missing',
    position: place,
    alter: (lines) => lines.splice(lineOf(lines, place), 1),
  },
  {
    when: 'two events have changed places',
    code: 'event_missing',
    position: place,
    alter: (lines) => {
      const [one, other] = [lineOf(lines, place), lineOf(lines, 304)];
      [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
    },
  },
  {
    when: 'the hashes of a block are edited',
    code: 'tree_altered',
    position: 257,
    alter: (lines) => {
      edit(lines, lineOf(lines, 257) - 1, /"leafHashes":"..../, '"leafHashes":"AAAA');
    },
  },
  {
    when: 'the hashes of a block are taken away',
    code: 'event_missing',
    position: 257,
    alter: (lines) => lines.splice(lineOf(lines, 257) - 1, 1),
  },
  inHeader('the blocks are edited', 'tree_altered', /"blocks":"..../, '"blocks":"AAAA'),
  inHeader('the blocks are left out', 'tree_altered', /"blocks":"[^"]*"/, '"blocks":null'),
];

export function altered(lines: readonly string[], alteration: Alteration): string[] {
  const copy = [...lines];
  alteration.alter(copy);
  return copy;
}

function atEvent(
  when: string,
  code: string,
  position: number | null,
  what: string | RegExp,
  by: string,
): Alteration {
  return {
    when,
    code,
    position,
    alter: (lines) => {
      edit(lines, lineOf(lines, place), what, by);
    },
  };
}

function atPosition(what: string, text: string, code: string, position: number | null): Alteration {
  return atEvent(`a position is ${what}`, code, position, '"position":301', `"position":${text}`);
}

function inHeader(when: string, code: string, what: string | RegExp, by: string): Alteration {
  return {
    when,
    code,
    position: null,
    alter: (lines) => {
      edit(lines, 0, what, by);
    },
  };
}

function lineOf(lines: readonly string[], position: number): number {
  return lines.findIndex((line) => line.includes(`"position":${position},"recordedAt"`));
}

function edit(lines: string[], at: number, what: string | RegExp, by: string): void {
  const line = lines[at] ?? '';
  lines[at] = `${line.trimEnd().replace(what, by)}\n`;
  if (lines[at] === line) throw new Error(`Nothing was edited in line ${at + 1}`);
}

interface EventRecord {
  readonly leaf: Leaf;
  readonly payload: unknown;
  readonly salt: string;
  readonly proof?: readonly string[];
}

function rehash(lines: string[], at: number): void {
  const { leaf, payload, salt, proof } = JSON.parse(lines[at] ?? '') as EventRecord;
  const saltBytes = Buffer.from(salt, 'hex');
  lines[at] = eventLine({
    leaf: { ...leaf, payloadHash: payloadHash(saltBytes, payload).toString('hex') },
    content: { salt: saltBytes, payload: JSON.parse(canonicalize(payload)) as unknown },
    proof: proof?.map((hash) => Buffer.from(hash, 'base64')) ?? null,
  });
}
