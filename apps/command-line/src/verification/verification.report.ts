import { BundleError, formatVkey, type VerifiedBundle } from '#proofs';
import { type Verification } from './verification.run.ts';
import { verifyExitCodes } from './verify.exit-codes.ts';

export function exitCodeOf(verification: Verification): number {
  const { outcome } = verification;
  if (isOtherHistory(verification)) return verifyExitCodes.otherHistory;
  if (outcome instanceof BundleError) {
    // What does not even begin as a bundle is no forged one.
    const isNone = outcome.code === 'malformed_bundle' && outcome.lineNumber === 1;
    return isNone ? verifyExitCodes.cannotStart : verifyExitCodes.refused;
  }
  return outcome.connection === 'unconnected' ? verifyExitCodes.unconnected : verifyExitCodes.verified;
}

/** For programs: one record. */
export function verificationRecord(verification: Verification): object {
  const { outcome, source, claimed, begun } = verification;
  const exitCode = exitCodeOf(verification);
  const head = begun?.opened.checkpoint;
  return {
    verified: exitCode === verifyExitCodes.verified,
    exitCode,
    ...(outcome instanceof BundleError
      ? { code: outcome.code, position: outcome.position, line: outcome.lineNumber, message: outcome.message }
      : {}),
    origin: claimed?.claimed.origin ?? null,
    size: head?.size ?? null,
    root: head === undefined ? null : Buffer.from(head.root).toString('base64'),
    corridor: claimed?.header.corridor ?? null,
    eventCount: begun?.eventCount ?? 0,
    erasedCount: outcome instanceof BundleError ? null : outcome.erasedCount,
    signedBy: begun?.opened.logKeys.map(formatVkey) ?? [],
    cosignatures:
      begun?.opened.cosignatures.map(({ name, timestamp }) => ({ name, at: instantOf(timestamp) })) ?? [],
    trust: source,
    history: begun?.connection ?? null,
    ...(showsHeads(verification)
      ? { trustedHead: trustedHead(verification), bundleHead: claimed?.header.checkpoint }
      : {}),
    notChecked: notChecked(verification),
  };
}

/** For people: what was checked, what not, and both heads where they are at odds. */
export function verificationReport(verification: Verification, keptIn: string | null): string {
  const { outcome } = verification;
  const sections = [
    outcome instanceof BundleError ? refused(outcome, verification) : verified(outcome, verification),
    ...(showsHeads(verification) ? [bothHeads(verification)] : []),
    `Not checked: ${notChecked(verification).join('; ')}.\n`,
    ...firstUse(verification, keptIn),
  ];
  return withoutControls(sections.join('\n'));
}

function refused({ code, message }: BundleError, { source, trustedLog, begun }: Verification): string {
  const hint =
    code === 'no_known_signature' && source === 'pinned' && trustedLog.keys !== ''
      ? 'The keys were kept on first use. If the log has a new one, get its trust file from its operator by\n' +
        'another way than this bundle, and give it with --trust.\n'
      : '';
  const before = begun === null ? '' : `${begun.eventCount.toLocaleString('en')} events before it hold.\n`;
  return `NOT VERIFIED (${code})\n${message}\n${before}${hint}`;
}

function verified(
  { opened, corridor, eventCount, erasedCount, connection }: VerifiedBundle,
  { source }: Verification,
): string {
  const { origin, size, root } = opened.checkpoint;
  const what = corridor === null ? 'the whole ledger' : `events of ${corridor.slice(0, 100)}`;
  const isWhole = connection === 'first' || connection === 'same' || connection === 'continued';
  const lines = [
    `${isWhole ? 'Verified' : 'HOLDS IN ITSELF ALONE'}: ${what} of ${origin}, ${eventCount.toLocaleString('en')} events`,
    `  head      size ${size}, root ${Buffer.from(root).toString('base64')}`,
    ...opened.logKeys.map(
      (key) => `  signed    by ${formatVkey(key)} (${trustWords[source ?? 'first-use']})`,
    ),
    ...opened.cosignatures.map(({ name, timestamp }) => `  cosigned  by ${name} at ${instantOf(timestamp)}`),
    `  events    each is in the signed tree at its position, with its payload${corridor === null ? '; none is missing' : ''}`,
    ...(erasedCount === 0
      ? []
      : [
          `  erased    ${erasedCount} payloads, as the ledger says; what is read in their place is what it recorded`,
        ]),
    `  history   ${historyWords[connection]}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const trustWords = {
  file: 'of the trust file',
  pinned: 'kept from before',
  'first-use': 'by its own account',
};

const historyWords = {
  first: 'no head of this log was kept from before',
  same: 'the same head was verified before',
  continued: 'goes on from the head that was kept from before',
  unconnected:
    'nothing shows that it goes on from the head that was kept; a bundle exported with ?from= its size does',
  fork: 'DOES NOT GO ON from the head that was kept: the log has signed two histories',
  older:
    'IS SMALLER than the head that was kept, and none that was verified: made before, or the log went back;\n' +
    '            --no-state verifies an older bundle by itself',
};

function isOtherHistory({ begun }: Verification): boolean {
  return begun?.connection === 'fork' || begun?.connection === 'older';
}

function showsHeads(verification: Verification): boolean {
  return isOtherHistory(verification) || verification.begun?.connection === 'unconnected';
}

function bothHeads(verification: Verification): string {
  return `Head that was kept from before:\n\n${trustedHead(verification)}\nHead of this bundle:\n\n${verification.claimed?.header.checkpoint ?? ''}`;
}

/** The note of that head which the bundle was held against: that of its size, or the largest. */
function trustedHead({ trustedLog, begun }: Verification): string {
  const size = begun?.comparedWith?.size;
  return trustedLog.heads.findLast((note) => note.split('\n')[1] === String(size)) ?? '';
}

function notChecked({ claimed, begun }: Verification): readonly string[] {
  return [
    'whether what the statements say is true',
    ...(claimed?.header.corridor == null ? [] : ['whether events of the corridor were left out']),
    ...((begun?.opened.cosignatures.length ?? 0) > 0
      ? []
      : ['whether the log shows others the same history (no witness that you trust has cosigned)']),
  ];
}

function firstUse({ outcome, source, begun }: Verification, keptIn: string | null): readonly string[] {
  if (source !== 'first-use' || begun === null || outcome instanceof BundleError) return [];
  const kept =
    keptIn === null ? 'It was not kept.' : `It is kept in ${keptIn}, and no other is believed from now on.`;
  return [
    `FIRST USE: the key came with the bundle, so whoever made the bundle may have made the key. Compare it with what\n` +
      `the operator of the log publishes, or give a trust file with --trust. ${kept}\n`,
  ];
}

/** A bundle is a stranger's: nothing of it may steer the terminal. */
function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Cc}--\n]/gv, '\ufffd');
}

/** A witness may write any time; those beyond the calendar are left as they are. */
function instantOf(timestamp: number): string {
  const instant = new Date(timestamp * 1_000);
  return Number.isNaN(instant.getTime())
    ? `second ${timestamp}`
    : instant.toISOString().replace('.000Z', 'Z');
}
