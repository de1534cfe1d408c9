/**
 * How long a bundle of a whole ledger takes to verify, start to exit, beside the mere hashing of its bytes; and how large
 * a proof file is. Run after `npm run build`: `node --conditions=default bench/verification.bench.ts [EVENTS]`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cosign, formatProofFile, formatSignature, parseNote, signatureTypes, signerKey } from '#proofs';
import { coreCount, loadNow } from './machine.ts';
import { printTable } from './table.ts';
import { writeBundle, type WrittenBundle } from './written-bundle.ts';

const eventCount = Number(process.argv[2] ?? 1_000_000);
const verifier = join(import.meta.dirname, '../dist/corridor-watch-verify.mjs');
const tellsPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';

const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-bench-'));
try {
  const file = join(folder, 'bundle.ndjson');
  const bundle = await writeBundle(file, eventCount);
  const hashing = await hashingSeconds(file);
  const { seconds, peakMegabytes } = await verification(file);
  const { size } = await stat(file);
  printTable(
    `A bundle of ${eventCount.toLocaleString('en')} events, ${Math.round(size / 2 ** 20)} MiB (${coreCount} cores, load ${loadNow()})`,
    ['', 'measured', 'aim'],
    [
      ['verified, s', seconds, '≤ 60 at 1 M'],
      ['events/s', eventCount / seconds, ''],
      ['peak RSS MB', peakMegabytes, '≤ 256'],
      ['SHA-256 of the same bytes, s', hashing, 'the raw limit'],
      ['ratio', seconds / hashing, ''],
    ],
  );
  await proofTable(bundle);
} finally {
  await rm(folder, { recursive: true });
}

async function verification(file: string): Promise<{ seconds: number; peakMegabytes: number }> {
  const startedAt = performance.now();
  const node = ['--import', `data:text/javascript,${tellsPeak}`];
  const child = spawn(process.execPath, [...node, verifier, '--no-state', '--json', file]);
  const [stdout, peakKilobytes] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { verified } = JSON.parse(stdout) as { verified: boolean };
  if (!verified) throw new Error(`The bundle was not verified: ${stdout}`);
  return { seconds, peakMegabytes: Number(peakKilobytes) / 1_024 };
}

async function hashingSeconds(file: string): Promise<number> {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 })) hash.update(chunk as Buffer);
  hash.digest();
  return (performance.now() - startedAt) / 1_000;
}

async function proofTable({ tree, checkpoint }: WrittenBundle): Promise<void> {
  const witness = signerKey('witness.example/w1', signatureTypes.cosignature, Buffer.alloc(32, 2));
  const cosigned = checkpoint + formatSignature(cosign(parseNote(checkpoint).text, 1_767_225_600, witness));
  const count = 1_000;
  const startedAt = performance.now();
  let [largest, largestCosigned] = [0, 0];
  for (let at = 0; at < count; at += 1) {
    const index = Math.floor((at / count) * eventCount);
    const proof = await tree.inclusionProof(index);
    largest = Math.max(largest, Buffer.byteLength(formatProofFile({ index, proof, checkpoint })));
    const file = formatProofFile({ index, proof, checkpoint: cosigned });
    largestCosigned = Math.max(largestCosigned, Buffer.byteLength(file));
  }
  printTable(
    `Proof files at ${eventCount.toLocaleString('en')} events, from tiles in memory`,
    ['', 'measured', 'aim'],
    [
      ['bytes', largest, '≤ 1,200 at 1 M'],
      ['bytes with a cosignature', largestCosigned, ''],
      ['ms to make one', (performance.now() - startedAt) / count, ''],
    ],
  );
}
