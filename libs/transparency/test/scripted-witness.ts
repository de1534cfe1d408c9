import { text } from 'node:stream/consumers';
import {
  cosign,
  formatSignature,
  formatVkey,
  openCheckpoint,
  parseNote,
  parseVkey,
  signatureTypes,
  signerKey,
  verifyConsistency,
} from '#proofs';
import { answer, openWebServer, type Page, type WebServer } from '../../../test/harness/web-server.ts';
import { parseWitnesses, type Witness } from '../src/witnesses/witness.ts';

/** A witness that keeps to C2SP tlog-witness, until a test has it do otherwise. */
export interface ScriptedWitness {
  readonly witness: Witness;
  /** What was asked for, in order: the old size of each request. */
  readonly asked: readonly number[];
  /** The size that it cosigned last. */
  size: number;
  root: Uint8Array;
  /** In place of its own answer, for the next requests in turn. */
  readonly script: Page[];
  close(): Promise<void>;
}

const key = signerKey('witness.example/scripted', signatureTypes.cosignature, Buffer.alloc(32, 7));

export async function scriptedWitness(vkeyOfLog: () => string): Promise<ScriptedWitness> {
  const server: WebServer = await openWebServer();
  const asked: number[] = [];
  const [witness] = parseWitnesses(`${server.origin}/w ${formatVkey(key.verifierKey)}`) as [Witness];
  const self: ScriptedWitness = {
    witness,
    asked,
    size: 0,
    root: Buffer.alloc(32),
    script: [],
    close: () => server.close(),
  };
  server.serve('/w/add-checkpoint', (request, response) => {
    void text(request).then((body) => {
      const [first = '', ...hashes] = body.slice(0, body.indexOf('\n\n')).split('\n');
      asked.push(Number(first.replace('old ', '')));
      const page =
        self.script.shift() ?? honest(self, body.slice(body.indexOf('\n\n') + 2), hashes, vkeyOfLog());
      page(request, response);
    });
  });
  return self;
}

function honest(self: ScriptedWitness, note: string, hashes: readonly string[], vkey: string): Page {
  const { checkpoint } = openCheckpoint(note, { log: [parseVkey(vkey)], witnesses: [] });
  if (self.asked.at(-1) !== self.size)
    return answer(409, `${self.size}\n`, { 'content-type': 'text/x.tlog.size' });
  try {
    if (self.size > 0)
      verifyConsistency({
        from: self.size,
        to: checkpoint.size,
        fromRoot: self.root,
        toRoot: checkpoint.root,
        proof: hashes.map((hash) => Buffer.from(hash, 'base64')),
      });
  } catch {
    return answer(422);
  }
  self.size = checkpoint.size;
  self.root = checkpoint.root;
  return answer(200, formatSignature(cosign(parseNote(note).text, Math.floor(Date.now() / 1_000), key)));
}
