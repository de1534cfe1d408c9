import { sha256 } from '../cryptography.ts';
import { type ErasedPayload, type WrittenEvent } from './bundle.lines.ts';
import { BundleError } from './bundle.error.ts';

/** The event that says which payloads are gone, and what is read in their place. */
const erasingType = 'PayloadsErased';

/** Payloads may be missing where an event of the ledger says so, with the hash of what is read instead. */
export class Erasures {
  readonly #erased = new Map<number, { erasedBy: number; stubSha256: string; lineNumber: number }>();
  /** What erasing events name; of two for one position the later one holds. */
  readonly #named = new Map<number, { erasedBy: number; stubSha256: string }>();

  get count(): number {
    return this.#erased.size;
  }

  missing(
    position: number,
    { erasedBy }: ErasedPayload,
    { content }: WrittenEvent,
    lineNumber: number,
  ): void {
    this.#erased.set(position, { erasedBy, stubSha256: sha256(content).toString('hex'), lineNumber });
  }

  /** Reads an event whose payload was found whole. */
  read(position: number, type: string, payload: unknown): void {
    if (type !== erasingType) return;
    for (const { position: erased, stubSha256 } of replacedIn(payload)) {
      this.#named.set(erased, { erasedBy: position, stubSha256 });
    }
  }

  /** @throws BundleError for the first payload that is missing without such an event */
  requireAllNamed(): void {
    for (const [position, { erasedBy, stubSha256, lineNumber }] of this.#erased) {
      const named = this.#named.get(position);
      if (named?.erasedBy !== erasedBy) {
        const message = `the payload is missing, and no event of the bundle at position ${erasedBy} erased it`;
        throw new BundleError('erasure_unproven', lineNumber, position, message);
      }
      if (named.stubSha256 !== stubSha256) {
        const message = `what is read in place of the erased payload is not what was recorded at ${erasedBy}`;
        throw new BundleError('stub_altered', lineNumber, position, message);
      }
    }
  }
}

interface Replaced {
  readonly position: number;
  readonly stubSha256: string;
}

/** The payload is proved, so it has the form that the ledger gave it; another form names nothing. */
function replacedIn(payload: unknown): readonly Replaced[] {
  const { replaced } = payload as { replaced?: readonly Replaced[] };
  return Array.isArray(replaced) ? (replaced as readonly Replaced[]) : [];
}
