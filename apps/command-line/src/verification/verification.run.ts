import { createReadStream } from 'node:fs';
import {
  BundleError,
  BundleVerification,
  type ClaimedBundle,
  formatTrustFile,
  parseTrustFile,
  ProofError,
  type TrustFile,
  type VerifiedBundle,
} from '#proofs';
import { BadInputError } from '../bad-input.error.ts';
import { verifyBundle } from './bundle.reading.ts';
import { headsOf, keysOf, type TrustedLog, type TrustedLogStore } from './trusted-log.store.ts';

export interface VerificationRequest {
  /** A path, or - for stdin. */
  readonly bundle: string;
  /** Whom the reader trusts; null to go by what was pinned, or by the bundle on first use. */
  readonly trust: TrustFile | null;
  /** Null to keep nothing, and to hold the bundle against nothing. */
  readonly store: TrustedLogStore | null;
  /** How many trusted witnesses must have cosigned. */
  readonly cosignatureMin: number;
  readonly tell: (eventCount: number, ofCount: number) => void;
}

/** Where the keys came from that were believed. */
export type TrustSource = 'file' | 'pinned' | 'first-use';

export interface Verification {
  readonly claimed: ClaimedBundle | null;
  readonly source: TrustSource | null;
  readonly trustedLog: TrustedLog;
  readonly begun: BundleVerification | null;
  readonly outcome: VerifiedBundle | BundleError;
  /** The keys that a trusting reader goes by from now on. */
  readonly keys: TrustFile | null;
}

/** @throws BadInputError where it cannot begin */
export async function runVerification(request: VerificationRequest): Promise<Verification> {
  const found = {
    claimed: null as ClaimedBundle | null,
    source: null as TrustSource | null,
    trustedLog: { keys: '', heads: [] } as TrustedLog,
    begun: null as BundleVerification | null,
    keys: null as TrustFile | null,
  };
  const begin = async (claimed: ClaimedBundle): Promise<BundleVerification> => {
    found.claimed = claimed;
    const { origin } = claimed.claimed;
    found.trustedLog = (await request.store?.read(origin)) ?? found.trustedLog;
    const pinned = keysOf(found.trustedLog);
    found.source = request.trust !== null ? 'file' : pinned !== null ? 'pinned' : 'first-use';
    found.keys = request.trust ?? pinned ?? ownKeys(claimed);
    found.begun = new BundleVerification(claimed, found.keys, headsOf(found.trustedLog));
    requireCosignatures(found.begun, request.cosignatureMin);
    return found.begun;
  };
  const tell = (eventCount: number): void => {
    request.tell(eventCount, found.claimed?.header.eventCount ?? 0);
  };
  const outcome = await outcomeOf(() => verifyBundle(chunksOf(request.bundle), begin, tell));
  const verification = { ...found, outcome };
  await keep(verification, request.store);
  return verification;
}

/** Pinned for the next time; a head that does not go on from the last is never kept. */
async function keep({ outcome, trustedLog, keys, claimed }: Verification, store: TrustedLogStore | null) {
  if (store === null || keys === null || claimed === null || outcome instanceof BundleError) return;
  const { opened, connection } = outcome;
  const { origin } = opened.checkpoint;
  if (connection !== 'first' && connection !== 'same' && connection !== 'continued') return;
  const heads = connection === 'same' ? trustedLog.heads : [...trustedLog.heads, claimed.header.checkpoint];
  const ofLog = { ...keys, logKeys: keys.logKeys.filter(({ key }) => key.name === origin) };
  await store.write(origin, { keys: formatTrustFile(ofLog), heads });
}

/** The keys by the log's own account. Witnesses that it names itself would say nothing. */
function ownKeys({ header }: ClaimedBundle): TrustFile {
  try {
    return { logKeys: parseTrustFile(header.trust).logKeys, witnesses: [] };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new BundleError(error.code, 1, null, error.message, { cause: error });
  }
}

function requireCosignatures({ opened }: BundleVerification, min: number): void {
  const count = new Set(opened.cosignatures.map(({ name }) => name)).size;
  if (count >= min) return;
  const message = `${count} trusted witnesses have cosigned the checkpoint, and ${min} were asked for`;
  throw new BundleError('no_known_signature', 1, null, message);
}

async function outcomeOf(verify: () => Promise<VerifiedBundle>): Promise<VerifiedBundle | BundleError> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof BundleError) return error;
    throw error;
  }
}

async function* chunksOf(bundle: string): AsyncGenerator<Buffer> {
  try {
    yield* bundle === '-' ? process.stdin : createReadStream(bundle, { highWaterMark: 256 * 1_024 });
  } catch (error) {
    throw new BadInputError(`${bundle} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
