import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type JWTVerifyGetKey,
} from 'jose';
import type { Clock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { ListReader } from '#services/listed-items.ts';
import { createCachedDocument, maxAgeMs } from '#services/cached-document.ts';
import { fetchDocument, judgeDocument } from './fetch-document.ts';
import { keySetSchema, type VerificationKey } from './wire.ts';

/**
 * The issuer's verification keys. A key is found by the header of the token (RFC 7515, section 4): the key with its
 * `kid`, or the only applicable key when it names none. Keys are imported once, not for each token.
 */
export interface KeySet {
  /**
   * Finds a key among the cached keys.
   *
   * @throws {DropError} `sign_in_unavailable` when the keys cannot be fetched and none are cached.
   * @throws {errors.JOSEError} when no key or several keys apply.
   */
  readonly keyOf: JWTVerifyGetKey;
  /**
   * Finds a key among freshly fetched keys, for a token that no cached key verifies. Fetches at most once per
   * cool-down, however many such tokens arrive. Within it, every caller gets the result of the last fetch, whether keys
   * or an error.
   *
   * @throws {DropError} `sign_in_unavailable` when the keys cannot be fetched.
   * @throws {errors.JOSEError} when no key or several keys apply.
   */
  readonly newestKeyOf: JWTVerifyGetKey;
}

/** How long outdated keys may be used while the issuer does not answer. */
const staleMsMax = 3_600_000;
const lifetime = { defaultMs: 300_000, leastMs: 60_000, mostMs: 24 * 3_600_000 };
/** The shortest time between two fetches for tokens that no held key verifies, however many such tokens arrive. */
const coolDownMs = 30_000;

/**
 * BankID publishes the next key before it signs with it, and asks relying parties not to fetch the keys for every
 * unknown `kid`. So keys are cached for `max-age`, remain usable during an outage, and are fetched again at most once
 * per cool-down for a token that none of them verifies: its `kid` is unknown, or its key was replaced under the same
 * `kid`.
 */
export function createKeySet(context: {
  clock: Clock;
  outbound: Outbound;
  log(message: string, details: Record<string, unknown>): void;
  readLists: ListReader;
  jwksUrl: () => Promise<string>;
}): KeySet {
  const document = createCachedDocument({
    clock: context.clock,
    staleMsMax,
    onStale: (error) => context.log('BankID keys cannot be fetched; the outdated ones are used', { error }),
    async load() {
      const response = await fetchDocument(context.outbound, 'jwks', await context.jwksUrl());
      const keys = context.readLists('bankid.jwks', () => judgeDocument('jwks', response, keySetSchema));
      return { value: finderOf(keys), maxAgeMs: maxAgeMs(response.headers, lifetime) };
    },
  });
  let lastRefetch: { at: number; keyOf: Promise<JWTVerifyGetKey> } | undefined;

  function refetched(): Promise<JWTVerifyGetKey> {
    const now = context.clock.now().getTime();
    if (!lastRefetch || now >= lastRefetch.at + coolDownMs) {
      lastRefetch = { at: now, keyOf: document.refresh() };
    }
    return lastRefetch.keyOf;
  }

  return {
    async keyOf(header, token) {
      assertNamedByText(header);
      return (await document.get())(header, token);
    },
    async newestKeyOf(header, token) {
      assertNamedByText(header);
      return (await refetched())(header, token);
    },
  };
}

/** RFC 7515, 4.1.4 requires a string. The library does not check this. */
function assertNamedByText({ kid }: JWSHeaderParameters): void {
  if (kid !== undefined && typeof kid !== 'string') throw new errors.JWKSNoMatchingKey();
}

function finderOf(keys: readonly VerificationKey[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: keys as JSONWebKeySet['keys'] });
}
