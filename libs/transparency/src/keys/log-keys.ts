import { type Pool } from 'pg';
import { base64Of, formatTrustFile, parseVkey } from '#proofs';
import { SignedRecord, recordFileOf } from '../checkpoints/signed-record.ts';
import { type Witness } from '../witnesses/witness.ts';
import { type Rotation, rotateKey } from './key-rotation.ts';
import { type KeySource } from './key.source.ts';
import { type LogKey, readLogKeys } from './signing-key.store.ts';
import { readTrust } from './trust.ts';

export interface KeysStanding {
  /** Null while there is no log. */
  readonly origin: string | null;
  /** The one that signs now is the last. */
  readonly keys: readonly LogKey[];
  readonly keyFile: string;
  /** By the record beside the key. */
  readonly lastSigned: { readonly size: number; readonly root: string } | null;
}

/** What an operator does with the keys of the log, where the key lies. */
export class LogKeys {
  private readonly record: SignedRecord;

  constructor(
    private readonly pool: Pool,
    private readonly source: KeySource,
    private readonly witnesses: readonly Witness[],
  ) {
    this.record = new SignedRecord(recordFileOf(source));
  }

  async standing(): Promise<KeysStanding> {
    const keys = await readLogKeys(this.pool);
    const last = await this.record.last();
    const vkey = keys.at(-1)?.vkey;
    return {
      origin: vkey === undefined ? null : parseVkey(vkey).name,
      keys,
      keyFile: this.source.file,
      lastSigned: last && { size: last.size, root: base64Of(last.root) },
    };
  }

  /** @throws TransparencyError, SigningRefusedError, KeyFileError: then nothing was changed */
  rotate(): Promise<Rotation> {
    return rotateKey({ pool: this.pool, record: this.record }, this.source);
  }

  async trustFile(): Promise<string> {
    const witnesses = this.witnesses.map(({ key }) => key);
    const trust = await readTrust(this.pool, witnesses);
    return formatTrustFile(trust);
  }
}
