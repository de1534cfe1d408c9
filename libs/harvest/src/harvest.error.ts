// Whole, so that nothing of it is left at run time: the reading process loads this file, and no other lib.
import type { DialFaultCode, TargetRefusedError, TargetUnresolvedError } from '#address-guard';

/** Why a feed or page was not read. Stable: shown in a source's health, and listed in this lib's README. */
export type HarvestCode =
  | DialFaultCode
  | TargetRefusedError['code']
  | TargetUnresolvedError['code']
  /** The server answers, but not with what was asked for. */
  | `http_${number}`
  | 'timeout'
  | 'idle_timeout'
  | 'broken_off'
  | 'protocol_error'
  | 'too_large'
  | 'expands_too_far'
  | 'encoding_refused'
  | 'encoding_broken'
  | 'content_type_refused'
  | 'redirect_broken'
  | 'redirect_loop'
  | 'redirect_downgrade'
  | 'too_many_redirects'
  | 'robots_refused'
  | 'robots_unreachable'
  | 'crawl_delay_too_long'
  | 'charset_unknown'
  | 'not_a_feed'
  | 'xml_malformed'
  | 'json_malformed'
  | 'doctype_refused'
  | 'nested_too_deep'
  | 'too_many_items'
  | 'text_too_long'
  | 'reading_too_slow'
  | 'reading_too_large'
  | 'unreadable'
  | 'no_article';

/** The other side's fault or our limit: what it gave cannot be used, and the process is none the worse for it. */
export class HarvestError extends Error {
  readonly code: HarvestCode;
  /** Where in an XML document, counted from 1. */
  readonly line: number | null;

  constructor(code: HarvestCode, message: string, options: ErrorOptions & { readonly line?: number } = {}) {
    super(message, options);
    this.code = code;
    this.line = options.line ?? null;
  }
}
