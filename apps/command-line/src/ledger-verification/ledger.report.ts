import { type LedgerReport } from '#ledger-check';

/** Where the keys came from that were believed. */
export type TrustOrigin = 'file' | 'pinned' | 'first-use';

interface Facts {
  readonly origin: string;
  readonly source: TrustOrigin;
  /** Null where nothing is kept. */
  readonly keptIn: string | null;
}

/** 0 nothing was altered, 1 altered, 3 another history than the one that was kept. */
export function ledgerExitCode({ fork, faults }: LedgerReport): 0 | 1 | 3 {
  if (fork !== null) return 3;
  return faults.length === 0 ? 0 : 1;
}

/** For programs: one record. */
export function ledgerRecord(report: LedgerReport, { origin, source }: Facts): object {
  return {
    verified: ledgerExitCode(report) === 0,
    exitCode: ledgerExitCode(report),
    origin,
    trust: source,
    ...report,
  };
}

/** For people: what was recomputed, and what does not fit. */
export function ledgerReportText(report: LedgerReport, facts: Facts): string {
  const { faults, fork } = report;
  const sections = [
    faults.length === 0 ? fits(report, facts) : `ALTERED: ${facts.origin}\n${listed(faults)}`,
    ...(fork === null
      ? []
      : [
          `Head that was kept from before:\n\n${fork.saved}\nHead of this database:\n\n${fork.found || '(none)\n'}`,
        ]),
    ...(facts.source === 'first-use' && faults.length === 0 ? [firstUse(facts)] : []),
  ];
  return sections.join('\n');
}

function fits({ eventCount, checkpointCount, signedSize, root }: LedgerReport, { origin }: Facts): string {
  const unsigned = eventCount - signedSize;
  const lines = [
    `Nothing was altered: ${origin}, ${count(eventCount)} events, root ${root}`,
    '  events       each fits its hashes, and each payload; none is missing; redacted ones are as recorded',
    `  tree         the stored tiles are those of the events`,
    `  checkpoints  ${count(checkpointCount)}, each signed, each with the root of the events up to its size`,
    `  signed       up to position ${count(signedSize)}${unsigned === 0 ? '' : `; the last ${count(unsigned)} are not signed yet`}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const shownMax = 20;

function listed(faults: LedgerReport['faults']): string {
  const shown = faults.slice(0, shownMax).map(({ code, message }) => `  ${message} (${code})\n`);
  const more = faults.length - shown.length;
  return shown.join('') + (more > 0 ? `  … and ${more} more\n` : '');
}

function firstUse({ keptIn }: Facts): string {
  const kept =
    keptIn === null
      ? 'Nothing was kept.'
      : `They are kept in ${keptIn}, and no others are believed from now on.`;
  return `FIRST USE: the keys are those that the database names. Give a trust file with --trust to be sure. ${kept}\n`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
