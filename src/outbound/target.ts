import { DropError } from '#domain/errors.ts';
import type { OutboundCall } from './outbound.ts';

/** Where a call goes. */
export interface Target {
  origin: string;
  /** With the query. */
  path: string;
}

/** The addresses of a provider: what is not among them is never called, whoever named it. */
export class Targets {
  readonly #provider: string;
  readonly #origins: ReadonlySet<string>;

  constructor(provider: string, origins: readonly string[]) {
    this.#provider = provider;
    this.#origins = new Set(origins.map((origin) => new URL(origin).origin));
  }

  /** @throws {DropError} `provider_refused`, not sent. */
  of(call: OutboundCall): Target {
    const { origin, pathname, search } = new URL(call.url);
    if (this.#origins.has(origin)) return { origin, path: `${pathname}${search}` };
    throw new DropError('provider_refused', {
      message: `${origin} is not an address of ${this.#provider}`,
      outcome: 'not_sent',
      provider: this.#provider,
      operation: call.operation,
    });
  }
}
