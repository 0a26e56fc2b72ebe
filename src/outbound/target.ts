import { CallError } from './call-error.ts';
import type { OutboundCall } from './outbound.ts';

/** The destination of a call. */
export interface Target {
  origin: string;
  /** Includes the query. */
  path: string;
}

/**
 * A path that a URL parser would leave unchanged: it has no dot segments, nothing to encode, no fragment and no empty
 * query. Such a path after an allowed origin skips the parser, which costs more than the rest of finding the target.
 */
const plainPath = /^\/(?!\.|.*\/\.|.*%2e|.*\?$)[\w!$&()*+,;=:@%/?.~-]*$/i;

/** The allowed origins of a provider. An address outside them is never called, wherever it came from. */
export class Targets {
  readonly #provider: string;
  readonly #origins: readonly string[];

  constructor(provider: string, origins: readonly string[]) {
    this.#provider = provider;
    this.#origins = [...new Set(origins.map((origin) => new URL(origin).origin))];
  }

  /** @throws {CallError} `provider_refused`, not sent. */
  of(call: OutboundCall): Target {
    const { url } = call;
    for (const origin of this.#origins) {
      if (!url.startsWith(origin)) continue;
      const path = url.slice(origin.length);
      if (plainPath.test(path)) return { origin, path };
    }
    const parsed = parse(url);
    if (parsed && this.#origins.includes(parsed.origin)) {
      return { origin: parsed.origin, path: `${parsed.pathname}${parsed.search}` };
    }
    throw new CallError('provider_refused', {
      message: `${parsed?.origin ?? 'an unreadable URL'} is not an address of ${this.#provider}`,
      outcome: 'not_sent',
      provider: this.#provider,
      operation: call.operation,
    });
  }
}

/** As `URL.parse`, which Node has since version 22. */
function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
