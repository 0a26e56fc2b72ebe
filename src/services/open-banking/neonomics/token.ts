import type { Clock } from '#domain/clock.ts';
import { createCachedDocument } from '#services/cached-document.ts';

/** A token that ends while a call is under way refuses it; the cache fetches a new one before that besides. */
const marginMs = 60_000;

/** The application's access token. */
export interface TokenSource {
  /** The token that is kept, or a new one: fetched once, however many ask. */
  token(): Promise<string>;
  /** Neonomics has refused `token`: the next call fetches another one, unless that has happened meanwhile. */
  forget(token: string): void;
}

/**
 * Client credentials (RFC 6749, 4.4), whose refresh token is not used: a new token costs the same call and needs no
 * further secret (RFC 6749, 4.4.3).
 */
export function createTokenSource(options: {
  clock: Clock;
  fetchToken(): Promise<{ access_token: string; expires_in: number }>;
}): TokenSource {
  const document = createCachedDocument<string>({
    clock: options.clock,
    staleMsMax: 0,
    onStale: () => undefined,
    async load() {
      const { access_token, expires_in } = await options.fetchToken();
      const livesMs = expires_in * 1_000;
      return { value: access_token, maxAgeMs: livesMs - Math.min(marginMs, livesMs / 2) };
    },
  });
  let forgotten: string | undefined;
  let renewing: Promise<string> | undefined;

  async function renew(): Promise<string> {
    try {
      const fresh = await document.refresh();
      forgotten = undefined;
      return fresh;
    } finally {
      renewing = undefined;
    }
  }

  return {
    async token() {
      const kept = await document.get();
      return kept === forgotten ? (renewing ??= renew()) : kept;
    },
    forget(token) {
      forgotten = token;
    },
  };
}
