import { ProofError, type ProofErrorCode } from '../proof.error.ts';

/** What is wrong with a bundle, and where. */
export class BundleError extends ProofError {
  /** @param position of the event at fault; null where it is no event */
  constructor(
    code: ProofErrorCode,
    readonly lineNumber: number,
    readonly position: number | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(
      code,
      `Line ${lineNumber}${position === null ? '' : `, position ${position}`}: ${message}`,
      options,
    );
    this.name = 'BundleError';
  }
}
