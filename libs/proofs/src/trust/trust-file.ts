import { type OpenedCheckpoint, openCheckpoint } from '../checkpoint/signed-checkpoint.ts';
import { formatVkey, parseVkey, signatureTypes, type VerifierKey } from '../note/note.keys.ts';
import { decimalOf, quoted, utf8Text } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';

/** A key of a log, and the sizes of the trees that it may speak for, both included. */
export interface TrustedLogKey {
  readonly key: VerifierKey;
  readonly fromSize: number;
  /** Null for the key that signs now. */
  readonly untilSize: number | null;
}

/** Whom a verifier believes: the keys of a log, old ones with the sizes that they signed, and witnesses. */
export interface TrustFile {
  readonly logKeys: readonly TrustedLogKey[];
  readonly witnesses: readonly VerifierKey[];
}

/**
 * A file in the form of C2SP tlog-policy, so that others can read it. Where that has a URL "of application specific
 * meaning", a key of ours says which sizes it signed: one that was stolen after its rotation signs nothing new.
 *
 * ```text
 * log corridor-watch.example+0a1b2c3d+AW… sizes:0-1204
 * log corridor-watch.example+4e5f6a7b+AX… sizes:1204-
 * witness w1 witness.example+8c9d0e1f+BY…
 * quorum none
 * ```
 */
export function formatTrustFile({ logKeys, witnesses }: TrustFile): string {
  const lines = [
    ...logKeys.map(
      ({ key, fromSize, untilSize }) => `log ${formatVkey(key)} sizes:${fromSize}-${untilSize ?? ''}`,
    ),
    ...witnesses.map((key, at) => `witness w${at + 1} ${formatVkey(key)}`),
    'quorum none',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const lineCountMax = 1_000;

/**
 * Reads what `formatTrustFile` writes, with comments and in any order; a log without sizes may sign all. A single vkey
 * is a file, too.
 * @throws ProofError `malformed_trust_file`, with the line at fault
 */
export function parseTrustFile(file: string | Uint8Array): TrustFile {
  const lines = utf8Text(file).split('\n');
  if (lines.length > lineCountMax) throw malformed(`It has more than ${lineCountMax} lines`);
  const trusted = { logKeys: [] as TrustedLogKey[], witnesses: [] as VerifierKey[] };
  lines.forEach((line, at) => {
    const words = line.split(/[ \t\r]+/).filter((word) => word !== '');
    if (words.length > 0 && words[0]?.startsWith('#') !== true) readLine(words, at + 1, trusted);
  });
  if (trusted.logKeys.length === 0) throw malformed('It names no key of a log');
  return trusted;
}

/**
 * Opens a checkpoint with the keys that may speak for its size.
 * @throws ProofError `key_not_for_size` where only keys have signed that had been replaced, or had not begun
 */
export function openTrusted(note: string | Uint8Array, { logKeys, witnesses }: TrustFile): OpenedCheckpoint {
  const opened = openCheckpoint(note, { log: logKeys.map(({ key }) => key), witnesses });
  const { size } = opened.checkpoint;
  const signed = logKeys.filter(({ key }) => opened.logKeys.includes(key));
  if (signed.some((each) => speaksFor(each, size))) return opened;
  const allowed = signed.map(({ fromSize, untilSize }) => `${fromSize}-${untilSize ?? ''}`).join(', ');
  throw new ProofError(
    'key_not_for_size',
    `The checkpoint of size ${size} is signed by a key that may sign the sizes ${allowed} alone`,
  );
}

function speaksFor({ fromSize, untilSize }: TrustedLogKey, size: number): boolean {
  return size >= fromSize && size <= (untilSize ?? Number.MAX_SAFE_INTEGER);
}

function readLine(
  [kind = '', ...rest]: readonly string[],
  number: number,
  trusted: { logKeys: TrustedLogKey[]; witnesses: VerifierKey[] },
): void {
  switch (kind) {
    case 'log':
      trusted.logKeys.push(logKeyOf(rest, number));
      return;
    case 'witness':
      trusted.witnesses.push(witnessOf(rest, number));
      return;
    case 'quorum':
      if (rest.length === 1 && rest[0] === 'none') return;
      throw malformed(`Line ${number}: "quorum none" is the only quorum that is understood`);
    default:
      if (rest.length > 0) {
        throw malformed(`Line ${number} must begin with log, witness or quorum, and is ${quoted(kind)}`);
      }
      trusted.logKeys.push(logKeyOf([kind], number));
  }
}

function logKeyOf([vkey = '', sizes, ...rest]: readonly string[], number: number): TrustedLogKey {
  if (rest.length > 0) throw malformed(`Line ${number} has more than a vkey and sizes`);
  const key = keyOf(vkey, signatureTypes.note, number);
  if (!sizes?.startsWith('sizes:')) return { key, fromSize: 0, untilSize: null };
  const [, from = '', until = ''] = /^sizes:(\d+)-(\d*)$/.exec(sizes) ?? [];
  const [fromSize, untilSize] = [decimalOf(from), until === '' ? null : decimalOf(until)];
  const isRange = fromSize !== null && (until === '' || (untilSize !== null && untilSize >= fromSize));
  if (!isRange)
    throw malformed(`Line ${number}: sizes are sizes:FROM-UNTIL or sizes:FROM-, not ${quoted(sizes)}`);
  return { key, fromSize, untilSize };
}

function witnessOf([name = '', vkey, ...rest]: readonly string[], number: number): VerifierKey {
  if (rest.length > 1) throw malformed(`Line ${number} has more than a name, a vkey and a URL`);
  return keyOf(vkey ?? name, signatureTypes.cosignature, number);
}

function keyOf(vkey: string, type: number, number: number): VerifierKey {
  try {
    const key = parseVkey(vkey);
    if (key.type === type) return key;
  } catch (error) {
    throw malformed(`Line ${number}: ${(error as Error).message}`, error);
  }
  const kind = type === signatureTypes.note ? 'a log' : 'a witness';
  throw malformed(`Line ${number}: the key is not of ${kind}, going by its type`);
}

function malformed(message: string, cause?: unknown): ProofError {
  return new ProofError('malformed_trust_file', `The trust file cannot be read. ${message}`, { cause });
}
