import { z } from 'zod';
import { type ResolverSettings, type TargetPolicy } from '#address-guard';
import { type FetchLimits, type Politeness, type ReadingRoomSettings } from '#harvest';
import { booleanSetting, numberSetting, productVersion } from '#platform';
import { type PollerSettings } from './source.poller.ts';

/** What polling feeds and pages needs, in any deployment. */
export const sourceSettings = {
  /** Off, nothing is polled but by hand. */
  SOURCE_POLLING: booleanSetting.default(true),
  /** An address of the web or of mail, told to every server that is called on. */
  SOURCE_CONTACT: z
    .string()
    .regex(/^[\x21-\x27\x2a-\x7e]{1,200}$/, 'must be an address without spaces or brackets')
    .optional(),
  /** Lets feeds and pages be fetched from 127.0.0.0/8, ::1 and localhost; for tests. */
  SOURCE_ALLOW_LOOPBACK: booleanSetting.default(false),
  /** Lets them be fetched without encryption, as many small publishers have none. */
  SOURCE_ALLOW_HTTP: booleanSetting.default(true),
  /** Sources polled at once by one process. */
  SOURCE_POLLS_MAX: numberSetting(1, 200).default(16),
  SOURCE_LOOK_EVERY_MS: numberSetting(20, 60_000).default(1_000),
  SOURCE_LEASE_MS: numberSetting(1_000, 600_000).default(60_000),
  SOURCE_TURN_TIMEOUT_MS: numberSetting(1_000, 3_600_000).default(300_000),
  SOURCE_HOST_DELAY_MS: numberSetting(0, 60_000).default(1_000),
  /** Hosts whose robots.txt asks for a longer pause are left alone. */
  SOURCE_CRAWL_DELAY_MAX_MS: numberSetting(0, 600_000).default(60_000),
  SOURCE_CONNECT_TIMEOUT_MS: numberSetting(50, 60_000).default(5_000),
  SOURCE_IDLE_TIMEOUT_MS: numberSetting(50, 120_000).default(10_000),
  SOURCE_FETCH_TIMEOUT_MS: numberSetting(100, 300_000).default(30_000),
  /** Of a feed, before and after it is unpacked. */
  SOURCE_FEED_BYTES_MAX: numberSetting(10_000, 50_000_000).default(5_000_000),
  SOURCE_PAGE_BYTES_MAX: numberSetting(10_000, 50_000_000).default(4_000_000),
  SOURCE_PAGES_PER_TURN_MAX: numberSetting(1, 500).default(20),
};

export type SourceSettings = z.output<z.ZodObject<typeof sourceSettings>>;

/** The settings as each part of the room wants them. */
export interface SourceOptions {
  readonly polling: boolean;
  readonly userAgent: string;
  readonly targets: TargetPolicy;
  readonly resolver: ResolverSettings;
  readonly politeness: Politeness;
  readonly feedLimits: FetchLimits;
  readonly pageLimits: FetchLimits;
  readonly readingRoom: ReadingRoomSettings;
  readonly poller: PollerSettings;
  readonly turnMs: number;
  readonly pagesMax: number;
}

export function sourceOptions(settings: SourceSettings): SourceOptions {
  const contact = settings.SOURCE_CONTACT;
  const limits = {
    connectTimeoutMs: settings.SOURCE_CONNECT_TIMEOUT_MS,
    headersTimeoutMs: settings.SOURCE_FETCH_TIMEOUT_MS,
    idleTimeoutMs: settings.SOURCE_IDLE_TIMEOUT_MS,
    totalTimeoutMs: settings.SOURCE_FETCH_TIMEOUT_MS,
    overflow: 'refuse',
    redirectsMax: 5,
  } as const;
  const bytesMax = (count: number) => ({ wireBytesMax: count, bodyBytesMax: count });
  return {
    polling: settings.SOURCE_POLLING,
    userAgent: `CorridorWatch/${productVersion}${contact === undefined ? '' : ` (+${contact})`}`,
    targets: {
      allowHttp: settings.SOURCE_ALLOW_HTTP,
      allowLoopback: settings.SOURCE_ALLOW_LOOPBACK,
      allowedAddresses: new Set(),
    },
    resolver: { dnsTimeoutMs: 2_000, dnsServers: [] },
    politeness: {
      hostDelayMs: settings.SOURCE_HOST_DELAY_MS,
      crawlDelayMaxMs: settings.SOURCE_CRAWL_DELAY_MAX_MS,
    },
    feedLimits: { ...limits, ...bytesMax(settings.SOURCE_FEED_BYTES_MAX) },
    pageLimits: { ...limits, ...bytesMax(settings.SOURCE_PAGE_BYTES_MAX) },
    readingRoom: { readersMax: 2, timeoutMs: 5_000, heapMbMax: 128, idleMs: 60_000 },
    poller: {
      pollsMax: settings.SOURCE_POLLS_MAX,
      lookEveryMs: settings.SOURCE_LOOK_EVERY_MS,
      leaseMs: settings.SOURCE_LEASE_MS,
    },
    turnMs: settings.SOURCE_TURN_TIMEOUT_MS,
    pagesMax: settings.SOURCE_PAGES_PER_TURN_MAX,
  };
}
