import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { ListReader } from '../listed-items.ts';
import { createCachedDocument, maxAgeMs } from './cached-document.ts';
import { fetchDocument, judgeDocument } from './fetch-document.ts';
import { keySetSchema, type VerificationKey } from './wire.ts';

/** The issuer's verification keys. */
export interface KeySet {
  /**
   * Finds the key that a token was signed with by its header (RFC 7515, section 4), among all that the issuer has: the
   * one of its `kid`, or the only one that fits where it names none. Made ready for use once, not for each token.
   *
   * @throws {DropError} `sign_in_unavailable` when the keys cannot be had and none are held.
   * @throws {errors.JOSEError} when none fits, or several do.
   */
  readonly keyOf: JWTVerifyGetKey;
}

interface IssuerKeys {
  kids: ReadonlySet<string | undefined>;
  keyOf: JWTVerifyGetKey;
}

/** For how long keys may serve after their time, while the issuer does not answer. */
const staleMsMax = 3_600_000;
const lifetime = { defaultMs: 300_000, leastMs: 60_000, mostMs: 24 * 3_600_000 };
/** An unknown `kid` is a reason to ask at most this often, however many tokens bring one. */
const unknownKeyCoolDownMs = 30_000;

/**
 * BankID publishes the next key before it signs with it, and asks not to be asked on every unknown one. So keys are
 * held for `max-age`, outlive an outage, and are fetched again once per cool-down for a `kid` that is not among them.
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
      return { value: issuerKeys(keys), maxAgeMs: maxAgeMs(response.headers, lifetime) };
    },
  });
  let lastRefetch: { at: number; keys: Promise<IssuerKeys> } | undefined;

  /** Within the cool-down everybody gets the outcome of the last attempt, be it keys or a failure. */
  function refetched(): Promise<IssuerKeys> {
    const now = context.clock.now().getTime();
    if (!lastRefetch || now >= lastRefetch.at + unknownKeyCoolDownMs) {
      lastRefetch = { at: now, keys: document.refresh() };
    }
    return lastRefetch.keys;
  }

  return {
    async keyOf(header, token) {
      // RFC 7515, 4.1.4. The library would look past it.
      if (header.kid !== undefined && typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
      const held = await document.get();
      const isKnown = header.kid === undefined || held.kids.has(header.kid);
      return (isKnown ? held : await refetched()).keyOf(header, token);
    },
  };
}

function issuerKeys(keys: readonly VerificationKey[]): IssuerKeys {
  return {
    kids: new Set(keys.map(({ kid }) => kid)),
    keyOf: createLocalJWKSet({ keys: keys as JSONWebKeySet['keys'] }),
  };
}
