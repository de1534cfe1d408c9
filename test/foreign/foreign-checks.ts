import {
  consistencyRanges,
  cosign,
  formatSignature,
  formatVkey,
  GrowingTree,
  hashLeaf,
  inclusionRanges,
  type LeafRange,
  noteSignature,
  parseNote,
  rootOfHashes,
  signatureTypes,
  signCheckpoint,
  signerKey,
  signNote,
  TiledTree,
  tilePath,
  widthIn,
} from '#proofs';

/** One line for the Go program; an altered twin follows each that is right. */
export type ForeignCheck = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly want: boolean;
};

/** Every inclusion and every consistency up to the size, from the recursive definition over a list of leaves. */
export function* smallTreeChecks(sizeMax: number): Generator<ForeignCheck> {
  const hashes = packedLeaves(sizeMax);
  const known = new Map<string, string>();
  const rootOf = ({ start, end }: LeafRange): string => {
    const name = `${start}-${end}`;
    const root = known.get(name) ?? base64(rootOfHashes(hashes.subarray(start * 32, end * 32)));
    known.set(name, root);
    return root;
  };
  for (let to = 1; to <= sizeMax; to += 1) {
    const toRoot = rootOf({ start: 0, end: to });
    for (let index = 0; index < to; index += 1) {
      const hash = rootOf({ start: index, end: index + 1 });
      yield* withTwin({
        kind: 'inclusion',
        index,
        to,
        hash,
        toRoot,
        proof: inclusionRanges(index, to).map(rootOf),
      });
    }
    for (let from = 1; from <= to; from += 1) {
      const fromRoot = rootOf({ start: 0, end: from });
      yield* withTwin({
        kind: 'consistency',
        from,
        to,
        fromRoot,
        toRoot,
        proof: consistencyRanges(from, to).map(rootOf),
      });
    }
  }
}

/** Sizes and leaves at random, from tiles. */
export async function* largeTreeChecks(sizeMax: number, count: number): AsyncGenerator<ForeignCheck> {
  const levels = tileLevels(packedLeaves(sizeMax));
  const treeOf = (size: number) =>
    new TiledTree(size, (level, index, width) =>
      Promise.resolve(levels[level]!.subarray(index * 8_192, index * 8_192 + width * 32)),
    );
  for (let at = 0; at < count; at += 1) {
    const to = 1 + drawn(sizeMax);
    const [index, from] = [drawn(to), 1 + drawn(to)];
    const toRoot = base64(await treeOf(to).root());
    const hash = base64(levels[0]!.subarray(index * 32, index * 32 + 32));
    const fromRoot = base64(await treeOf(from).root());
    const inclusion = (await treeOf(to).inclusionProof(index)).map(base64);
    const consistency = (await treeOf(to).consistencyProof(from)).map(base64);
    yield* withTwin({ kind: 'inclusion', index, to, hash, toRoot, proof: inclusion });
    yield* withTwin({ kind: 'consistency', from, to, fromRoot, toRoot, proof: consistency });
  }
}

/** Texts, checkpoints of trees as they grow, two signers, cosignatures; and a character of each changed. */
export function* noteChecks(count: number): Generator<ForeignCheck> {
  const tree = new GrowingTree();
  for (let at = 0; at < count; at += 1) {
    const origin = `log.example/${'ü'.repeat(at % 4)}${at}`;
    const [key, other] = [at + 1, at + 2].map((seed) =>
      signerKey(origin, signatureTypes.note, hashLeaf(Buffer.from(String(seed)))),
    );
    const witness = signerKey('witness.example', signatureTypes.cosignature, hashLeaf(Buffer.from(origin)));
    tree.append(hashLeaf(Buffer.from(origin)));
    const vkeys = [formatVkey(key!.verifierKey)];
    const text = signNote(`Line of ${origin}: — “quoted”, an empty one\n\n+ and the last\n`, key!);
    const head = signCheckpoint(
      { origin, size: tree.size, root: tree.root(), extensions: at % 2 ? ['x'] : [] },
      key!,
    );
    const both = text + formatSignature(noteSignature(parseNote(text).text, other!));
    for (const note of [text, head, both]) yield* withAlteredNote({ kind: 'note', note, vkeys });
    const cosigned = head + formatSignature(cosign(parseNote(head).text, 1_767_225_600 + at, witness));
    yield* withAlteredNote({ kind: 'cosignature', note: cosigned, vkeys: [formatVkey(witness.verifierKey)] });
    yield { kind: 'note', note: text, vkeys: [formatVkey(other!.verifierKey)], want: false };
  }
}

export function* tileChecks(count: number): Generator<ForeignCheck> {
  for (let at = 0; at < count; at += 1) {
    const address = { level: drawn(7), index: drawn(10 ** (1 + drawn(9))), width: 1 + drawn(256) };
    yield { kind: 'tile', ...address, path: tilePath(address), want: true };
    yield { kind: 'tile', ...address, path: tilePath({ ...address, index: address.index + 1 }), want: false };
  }
}

interface ProofCheck {
  readonly kind: string;
  readonly index?: number;
  readonly from?: number;
  readonly to: number;
  readonly hash?: string;
  readonly fromRoot?: string;
  readonly toRoot: string;
  readonly proof: readonly string[];
}

function* withTwin(check: ProofCheck): Generator<ForeignCheck> {
  yield { ...check, want: true };
  yield { ...twinOf(check), want: false };
}

/** Altered in one of six ways, by lot. */
function twinOf(check: ProofCheck): ProofCheck {
  const { proof } = check;
  const at = drawn(Math.max(1, proof.length));
  switch (drawn(6)) {
    case 0:
      return { ...check, proof: [...proof, check.toRoot] };
    case 1:
      return proof.length > 0
        ? { ...check, proof: proof.toSpliced(at, 1) }
        : { ...check, toRoot: flipped(check.toRoot) };
    case 2:
      return { ...check, toRoot: flipped(check.toRoot) };
    case 3:
      return check.hash === undefined
        ? { ...check, fromRoot: flipped(check.fromRoot ?? '') }
        : { ...check, hash: flipped(check.hash) };
    case 4:
      return check.index === undefined ? { ...check, from: check.to + 1 } : { ...check, index: check.to };
    default:
      return proof.length > 0
        ? { ...check, proof: proof.with(at, flipped(proof[at] ?? '')) }
        : { ...check, toRoot: flipped(check.toRoot) };
  }
}

function* withAlteredNote(check: {
  kind: string;
  note: string;
  vkeys: readonly string[];
}): Generator<ForeignCheck> {
  yield { ...check, want: true };
  const end = check.note.lastIndexOf('\n\n');
  const text = Array.from(check.note.slice(0, end));
  const at = drawn(text.length);
  const other = text[at] === 'x' ? 'y' : 'x';
  yield { ...check, note: text.with(at, other).join('') + check.note.slice(end), want: false };
}

function packedLeaves(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`))));
}

function tileLevels(leaves: Buffer): Buffer[] {
  const levels = [leaves];
  for (let size = leaves.length / 32, level = 1; widthIn(size, level, 0) > 0; level += 1) {
    const below = levels[level - 1]!;
    const tiles = Array.from({ length: Math.floor(below.length / 8_192) }, (_, index) =>
      rootOfHashes(below.subarray(index * 8_192, (index + 1) * 8_192)),
    );
    levels.push(Buffer.concat(tiles));
  }
  return levels;
}

function flipped(hash: string): string {
  const bytes = Buffer.from(hash, 'base64');
  const bit = drawn(256);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return base64(bytes);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

let state = 1;
/** The same numbers each time: a failure can be looked at again. */
function drawn(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
