/** What one part says of itself: whether it can work now, and figures for the operator. */
export interface HealthReport {
  readonly ready: boolean;
  readonly [figure: string]: unknown;
}

export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthReport> | HealthReport;
}

/** Everything in the process that has a health; parts add themselves when they start. */
export class HealthRegistry {
  private readonly checks: HealthCheck[] = [];
  private draining = false;

  add(check: HealthCheck): void {
    this.checks.push(check);
  }

  /** From now on not ready: the process is shutting down and wants no new work. */
  drain(): void {
    this.draining = true;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  async report(): Promise<{ ready: boolean; draining: boolean; parts: Record<string, HealthReport> }> {
    const reports = await Promise.all(
      this.checks.map(async (part) => [part.name, await reportOf(part)] as const),
    );
    return {
      ready: !this.draining && reports.every(([, report]) => report.ready),
      draining: this.draining,
      parts: Object.fromEntries(reports),
    };
  }
}

const deadlineMs = 2_000;

/** A part that throws or hangs is not ready; it must not hang the probe. */
async function reportOf(part: HealthCheck): Promise<HealthReport> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<HealthReport>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ready: false, error: `no answer within ${deadlineMs} ms` });
    }, deadlineMs);
  });
  try {
    return await Promise.race([Promise.resolve(part.check()), deadline]);
  } catch (error) {
    return { ready: false, error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
