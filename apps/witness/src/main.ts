import { join } from 'node:path';
import { createLogger } from '#platform';
import { parseVkey, signatureTypes, type VerifierKey } from '#proofs';
import { EvidenceStore } from './evidence.store.ts';
import { HeadStore } from './head.store.ts';
import { lockState } from './state.lock.ts';
import { Witness } from './witness.ts';
import { witnessSettings } from './witness.config.ts';
import { openWitnessKey } from './witness.key.ts';
import { createWitnessServer } from './witness.server.ts';

try {
  const settings = witnessSettings();
  const { PORT, HOST, WITNESS_DIR, WITNESS_NAME = null, WITNESS_LOGS } = settings;
  const logs = WITNESS_LOGS.map(logKey);
  const unlock = await lockState(WITNESS_DIR);
  const logger = createLogger('witness', settings.LOG_LEVEL);
  const witness = new Witness({
    key: await openWitnessKey(WITNESS_DIR, WITNESS_NAME),
    logs,
    heads: new HeadStore(join(WITNESS_DIR, 'heads')),
    evidence: new EvidenceStore(join(WITNESS_DIR, 'evidence')),
    now: () => Math.floor(Date.now() / 1_000),
  });
  const server = createWitnessServer(witness, logger);
  const stop = () =>
    void server
      .close()
      .then(unlock)
      .then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await server.listen({ port: PORT, host: HOST });
  process.stdout.write(
    `The witness listens on port ${PORT}. Its verifier key, for WITNESSES of a service and for readers:\n\n` +
      `  ${witness.vkey}\n\nIt cosigns ${witness.origins.join(', ')}. Ctrl-C stops it.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function logKey(vkey: string): VerifierKey {
  try {
    const key = parseVkey(vkey);
    if (key.type === signatureTypes.note) return key;
  } catch (error) {
    throw new Error(`Cannot start: WITNESS_LOGS holds ${vkey}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  throw new Error(`Cannot start: WITNESS_LOGS holds ${vkey}, which is the key of a witness.`);
}
