import { formatVkey, parseVkey, signatureTypes, type VerifierKey } from '#proofs';

/** A witness that is asked for cosignatures. */
export interface Witness {
  /** The submission prefix of C2SP tlog-witness, without a slash at its end. */
  readonly url: string;
  readonly vkey: string;
  readonly key: VerifierKey;
}

/** A note has 16 signatures at most, and the log itself may need two of them. */
export const witnessesMax = 12;

/**
 * @param text `URL vkey`, parted from the next by a comma or a line end
 * @throws Error whose message says what is wrong, to stand behind the name of the setting
 */
export function parseWitnesses(text: string): readonly Witness[] {
  const witnesses = text
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(parseWitness);
  if (witnesses.length > witnessesMax) throw new Error(`must be at most ${witnessesMax} witnesses`);
  const doubled = witnesses.find(({ vkey }, at) => witnesses.findIndex((each) => each.vkey === vkey) < at);
  if (doubled !== undefined) throw new Error(`names the key of ${doubled.key.name} twice`);
  return witnesses;
}

function parseWitness(entry: string): Witness {
  const [url = '', vkey = '', ...rest] = entry.split(/\s+/);
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '') || rest.length > 0) {
    throw new Error(
      `must be "URL vkey" for each witness, parted by commas, and "${entry.slice(0, 80)}" is not`,
    );
  }
  const key = keyOf(vkey);
  if (key.type !== signatureTypes.cosignature) {
    throw new Error(`must hold keys of witnesses, and that of ${key.name} is of a log, going by its type`);
  }
  return { url: url.replace(/\/+$/, ''), vkey: formatVkey(key), key };
}

function keyOf(vkey: string): VerifierKey {
  try {
    return parseVkey(vkey);
  } catch (error) {
    throw new Error(`must hold a vkey for each witness: ${(error as Error).message}`, { cause: error });
  }
}
