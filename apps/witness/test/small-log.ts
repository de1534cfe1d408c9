import {
  consistencyRanges,
  hashLeaf,
  rootOfHashes,
  signCheckpoint,
  signatureTypes,
  type SignerKey,
  signerKey,
} from '#proofs';

/** A log that says whatever a test wants, under its own key. */
export interface SmallLog {
  readonly key: SignerKey;
  checkpoint(size: number): string;
  proof(from: number, to: number): readonly string[];
  /** The body of add-checkpoint. */
  submission(from: number, to: number): string;
}

/** @param history leaves differ from those of another history of the same log after `common` of them */
export function smallLog(origin: string, { seed = 1, history = 'as it was', common = 0 } = {}): SmallLog {
  const key = signerKey(origin, signatureTypes.note, Buffer.alloc(32, seed));
  const leaf = (index: number) => hashLeaf(Buffer.from(index < common ? `${index}` : `${history} ${index}`));
  const hashes = (start: number, end: number) =>
    Buffer.concat(Array.from({ length: end - start }, (_, index) => leaf(start + index)));
  const checkpoint = (size: number) =>
    signCheckpoint({ origin, size, root: rootOfHashes(hashes(0, size)), extensions: [] }, key);
  const proof = (from: number, to: number) =>
    consistencyRanges(from, to).map(({ start, end }) => rootOfHashes(hashes(start, end)).toString('base64'));
  return {
    key,
    checkpoint,
    proof,
    submission: (from, to) => [`old ${from}`, ...proof(from, to), '', checkpoint(to)].join('\n'),
  };
}
