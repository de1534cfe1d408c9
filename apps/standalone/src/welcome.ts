export interface Welcome {
  readonly origin: string;
  /** Null when it was shown on an earlier start. */
  readonly newAdminKey: string | null;
  /** Null with a database of the operator's own. */
  readonly dataDir: string | null;
  readonly startedInMs: number;
}

/** What a person sees when everything runs: where it is, the key, and something to try. */
export function welcomeText({ origin, newAdminKey, dataDir, startedInMs }: Welcome): string {
  const rows: [string, string][] = [
    ['Corridors', `${origin}/v1/corridors`],
    ['Lachin corridor', `${origin}/v1/corridors/lachin-corridor/status`],
    ['Health', `${origin}/health/ready`],
    ['Metrics', `${origin}/metrics`],
    ...(dataDir === null ? [] : [['Data', dataDir] satisfies [string, string]]),
    ['Admin key', newAdminKey ?? 'as shown on the first start, or as set by CORRIDOR_WATCH_ADMIN_KEY'],
  ];
  const table = rows.map(([name, value]) => `  ${name.padEnd(17)}${value}`).join('\n');
  const once = newAdminKey === null ? '' : '\n  The admin key is shown this once: keep it.';
  return `
Corridor Watch is ready (${(startedInMs / 1000).toFixed(1)} s).

${table}${once}

Try it:

  curl -sS ${origin}/v1/statements \\
    -H 'authorization: Bearer ${newAdminKey ?? '<admin key>'}' -H 'content-type: application/json' \\
    -d '{"publisher": "Valley Herald", "publishedAt": "2023-01-20T17:00:00Z",
         "body": "The Lachin corridor has been blocked since 12 December 2022, the Red Cross said on Friday."}'

  curl -sS ${origin}/v1/corridors/lachin-corridor/status

Ctrl-C stops it.
`;
}
