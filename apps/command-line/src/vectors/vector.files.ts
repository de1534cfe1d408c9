import { canonicalize, verifyConsistency, verifyInclusion } from '#proofs';

/** One of the public vectors, as its file has it; fields are looked at when they are used. */
export type Vector = Readonly<Record<string, unknown>>;

/** A file of vectors, and what each of them must come to. */
export interface VectorFile {
  readonly name: string;
  readonly proves: string;
  /** Throws where the implementation refuses the vector. */
  readonly run: (vector: Vector) => void;
  readonly mustBeRefused: (vector: Vector) => boolean;
}

export const vectorFiles: readonly VectorFile[] = [
  {
    name: 'merkle-inclusion.ndjson',
    proves: 'inclusion proofs (RFC 9162)',
    run: (vector) => {
      verifyInclusion({
        index: numberIn(vector, 'leafIdx'),
        size: numberIn(vector, 'treeSize'),
        leafHash: bytesIn(vector, 'leafHash'),
        root: bytesIn(vector, 'root'),
        proof: proofIn(vector),
      });
    },
    mustBeRefused,
  },
  {
    name: 'merkle-consistency.ndjson',
    proves: 'consistency proofs (RFC 9162)',
    run: (vector) => {
      verifyConsistency({
        from: numberIn(vector, 'size1'),
        to: numberIn(vector, 'size2'),
        fromRoot: bytesIn(vector, 'root1'),
        toRoot: bytesIn(vector, 'root2'),
        proof: proofIn(vector),
      });
    },
    mustBeRefused,
  },
  {
    name: 'jcs.ndjson',
    proves: 'canonical JSON (RFC 8785)',
    run: (vector) => {
      const form = canonicalize(JSON.parse(textIn(vector, 'input')));
      if (form !== textIn(vector, 'output')) throw new DifferentFormError(form);
    },
    mustBeRefused: () => false,
  },
];

/** The vector itself is no vector: a fault of the file, not of what it checks. */
export class BadVectorError extends Error {
  override readonly name = 'BadVectorError';
}

class DifferentFormError extends Error {
  override readonly name = 'DifferentFormError';

  constructor(form: string) {
    super(`gives ${form}`);
  }
}

function mustBeRefused(vector: Vector): boolean {
  const wanted = vector['wantErr'];
  if (typeof wanted !== 'boolean') throw new BadVectorError('wantErr: must be true or false');
  return wanted;
}

/** Sizes beyond 2^53 come as bigints, without loss, for the implementation to refuse. */
function numberIn(vector: Vector, field: string): number {
  const value = vector[field];
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    throw new BadVectorError(`${field}: must be a number`);
  }
  return value as number;
}

function textIn(vector: Vector, field: string): string {
  const value = vector[field];
  if (typeof value !== 'string') throw new BadVectorError(`${field}: must be text`);
  return value;
}

function bytesIn(vector: Vector, field: string): Buffer {
  return Buffer.from(textIn(vector, field), 'base64');
}

function proofIn(vector: Vector): Buffer[] {
  const proof = vector['proof'] ?? [];
  if (!Array.isArray(proof)) throw new BadVectorError('proof: must be a list, or null');
  return proof.map((_, at) => bytesIn(proof as unknown as Vector, String(at)));
}
