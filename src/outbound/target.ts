import { DropError } from '#domain/errors.ts';
import type { OutboundCall } from './outbound.ts';

/** Where a call goes. */
export interface Target {
  origin: string;
  /** With the query. */
  path: string;
}

/**
 * What an URL parser would leave as it is: after the slash that ends the host no segment of dots, nothing to encode,
 * no fragment, no empty query. Behind an allowed origin it needs no parser, which costs more than all the rest of
 * finding the target.
 */
const plainPath = /^\/(?!\.|.*\/\.|.*%2e|.*\?$)[\w!$&()*+,;=:@%/?.~-]*$/i;

/** The addresses of a provider: what is not among them is never called, whoever named it. */
export class Targets {
  readonly #provider: string;
  readonly #origins: readonly string[];

  constructor(provider: string, origins: readonly string[]) {
    this.#provider = provider;
    this.#origins = [...new Set(origins.map((origin) => new URL(origin).origin))];
  }

  /** @throws {DropError} `provider_refused`, not sent. */
  of(call: OutboundCall): Target {
    const { url } = call;
    for (const origin of this.#origins) {
      if (!url.startsWith(origin)) continue;
      const path = url.slice(origin.length);
      if (plainPath.test(path)) return { origin, path };
    }
    const parsed = URL.parse(url);
    if (parsed && this.#origins.includes(parsed.origin)) {
      return { origin: parsed.origin, path: `${parsed.pathname}${parsed.search}` };
    }
    throw new DropError('provider_refused', {
      message: `${parsed?.origin ?? 'what cannot be read'} is not an address of ${this.#provider}`,
      outcome: 'not_sent',
      provider: this.#provider,
      operation: call.operation,
    });
  }
}
