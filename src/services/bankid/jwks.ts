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
 * The issuer's verification keys. A key is found by the header of the token that it signed (RFC 7515, section 4): the
 * one of its `kid`, or the only one that fits where it names none. Made ready for use once, not for each token.
 */
export interface KeySet {
  /**
   * Among the keys that are held.
   *
   * @throws {DropError} `sign_in_unavailable` when the keys cannot be had and none are held.
   * @throws {errors.JOSEError} when none fits, or several do.
   */
  readonly keyOf: JWTVerifyGetKey;
  /**
   * Among the keys as the issuer has them now, for a token that those held do not explain. Asks once per cool-down,
   * however many such tokens come; within it everybody gets the outcome of the last attempt, be it keys or a failure.
   *
   * @throws {DropError} `sign_in_unavailable` when the keys cannot be had.
   * @throws {errors.JOSEError} when none fits, or several do.
   */
  readonly newestKeyOf: JWTVerifyGetKey;
}

/** For how long keys may serve after their time, while the issuer does not answer. */
const staleMsMax = 3_600_000;
const lifetime = { defaultMs: 300_000, leastMs: 60_000, mostMs: 24 * 3_600_000 };
/** The shortest time between two fetches for tokens that no held key verifies, however many such tokens arrive. */
const coolDownMs = 30_000;

/**
 * BankID publishes the next key before it signs with it, and asks not to be asked on every unknown one. So keys are
 * held for `max-age`, outlive an outage, and are fetched again once per cool-down for a token that none of them
 * explains: its `kid` is not among them, or its key was renewed under the same one.
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
    onStale: (error) => context.log('BankID keys cannot be fetched; the outdated ones serve', { error }),
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

/** RFC 7515, 4.1.4. The library would look past it. */
function assertNamedByText({ kid }: JWSHeaderParameters): void {
  if (kid !== undefined && typeof kid !== 'string') throw new errors.JWKSNoMatchingKey();
}

function finderOf(keys: readonly VerificationKey[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: keys as JSONWebKeySet['keys'] });
}
