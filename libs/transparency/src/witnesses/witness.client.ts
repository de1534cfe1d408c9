import { base64Of } from '#proofs';
import { type Submitted, type WitnessAnswer } from './witness.decider.ts';

const timeoutMs = 10_000;
/** 16 signatures with the longest names. */
const bodyBytesMax = 65_536;
const retryAfterMsMax = 3_600_000;

export interface Submission extends Submitted {
  readonly proof: readonly Uint8Array[];
}

/** Posts a checkpoint to a witness; whatever goes wrong on the way is an answer, too. */
export async function addCheckpoint(
  url: string,
  { note, oldSize, proof }: Submission,
  signal: AbortSignal,
): Promise<WitnessAnswer> {
  const lines = [`old ${oldSize}`, ...proof.map((hash) => base64Of(hash))];
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: `${lines.join('\n')}\n\n${note}`,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const body = await boundedText(response);
    if (body === null) return { kind: 'silent', reason: `its answer is longer than ${bodyBytesMax} bytes` };
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
    return { kind: 'answered', status: response.status, body, retryAfterMs };
  } catch (error) {
    const { message, cause } = error as Error;
    const why = (cause as { code?: string; message?: string } | undefined)?.code ?? message;
    return { kind: 'silent', reason: `it cannot be reached (${why})` };
  }
}

async function boundedText({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of body ?? []) {
    byteCount += (chunk as Uint8Array).length;
    if (byteCount > bodyBytesMax) return null;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** In seconds; a date is as good as no answer, since the clocks may differ. */
function retryAfterOf(header: string | null): number | null {
  if (header === null || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Number(header) * 1_000, retryAfterMsMax);
}
