/** The architecture as rules; test/architecture.spec.ts plants a violation of each and sees it fail. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'apps-do-not-import-apps',
      comment: 'Services talk over the feed; only standalone composes them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libs-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'pure-libs-stay-pure',
      comment: 'What decides and proves has no framework, no database, no transport.',
      severity: 'error',
      from: {
        path: '^libs/(claims|status|coding|coding-score|timeline-score|ndjson|near-duplicates|proofs)/src/',
      },
      to: {
        path: [
          'node_modules/(@nestjs|pg|typeorm|kafkajs|undici|fastify|pino)(/|$)',
          '^libs/(ledger|feed|projection|platform|access|service)/',
          '^(fs|net|http|https|timers|child_process)(/|$)',
        ],
      },
    },
    {
      name: 'deciders-stay-pure',
      severity: 'error',
      from: { path: '\\.decider\\.ts$' },
      to: {
        path: [
          'node_modules/(@nestjs|pg|typeorm|kafkajs|undici|fastify|pino)(/|$)',
          '^libs/(feed|projection|platform|access|service)/',
          '^(fs|net|http|https|timers|child_process)(/|$)',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-feed-knows-kafka',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/feed/' },
      to: { path: 'node_modules/kafkajs(/|$)' },
    },
    {
      name: 'proofs-keep-cryptography-in-one-file',
      comment: 'A build for browsers replaces that file, and no other.',
      severity: 'error',
      from: { path: '^libs/proofs/src/', pathNot: '(cryptography|\\.spec|\\.fixture)\\.ts$' },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'events-depend-on-nothing',
      severity: 'error',
      from: { path: '^libs/events/' },
      to: { path: '^libs/', pathNot: '^libs/events/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(\\.spec\\.ts$|/test/|\\.fixture\\.ts$|\\.receiver\\.ts$)' },
      to: { path: '(\\.spec\\.ts$|^test/|\\.fixture\\.ts$)' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
