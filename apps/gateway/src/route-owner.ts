export type Owner = 'ingestion' | 'blockadeStatus' | 'notification';

/** Paths by their owner; the first that fits decides. */
const owners: readonly {
  readonly path: RegExp;
  readonly methods?: readonly string[];
  readonly owner: Owner;
}[] = [
  { path: /^\/v1\/(statements|claims|assessments|publishers|sources|keys)(\/|$)/, owner: 'ingestion' },
  { path: /^\/v1\/corridors\/[^/]+\/assessments(\/|$)/, owner: 'ingestion' },
  // One path, two owners: ingestion records what a corridor is, blockade-status tells how it is.
  { path: /^\/v1\/corridors\/[^/]+$/, methods: ['PUT'], owner: 'ingestion' },
  { path: /^\/v1\/(webhooks|deliveries)(\/|$)/, owner: 'notification' },
  { path: /^\/v1\/projections\/ingestion-/, owner: 'ingestion' },
  { path: /^\/v1\/projections\/deliveries\//, owner: 'notification' },
  { path: /^\//, owner: 'blockadeStatus' },
];

/** The service that answers a route of the public surface. */
export function ownerOf(method: string, path: string): Owner {
  const route = owners.find((each) => each.path.test(path) && (each.methods?.includes(method) ?? true));
  return route?.owner ?? 'blockadeStatus';
}
