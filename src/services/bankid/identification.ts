import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { IssuerMetadata } from './discovery.ts';
import { verifyIdToken } from './id-token.ts';
import type { KeySet } from './jwks.ts';
import { toVerifiedIdentity } from './map.ts';
import type { BankIdOptions } from './options.ts';
import { describeRefusal, type Received } from './refusal.ts';
import type { SignInTransaction, VerifiedIdentity } from './service.ts';
import { fetchUserinfo, judgeUserinfo, withUserinfo } from './userinfo.ts';
import { verifyClaims } from './verify.ts';
import type { IdTokenClaims, TokenResponse, Userinfo } from './wire.ts';

interface IdentificationContext {
  clock: Clock;
  outbound: Outbound;
  keys: KeySet;
  log(message: string, details: Record<string, unknown>): void;
}

export type Identify = (
  tokens: TokenResponse,
  metadata: IssuerMetadata,
  transaction: SignInTransaction,
) => Promise<VerifiedIdentity>;

/**
 * Creates the function that verifies tokens and reads the identity, from the ID token or from userinfo. It throws
 * `sign_in_token_invalid`, which is also logged with what was expected and what came, or `sign_in_unavailable`.
 */
export function createIdentification(options: BankIdOptions, context: IdentificationContext): Identify {
  async function verify(
    tokens: TokenResponse,
    metadata: IssuerMetadata,
    { nonce }: SignInTransaction,
  ): Promise<IdTokenClaims> {
    const { clientId, acrValues, maxAgeSeconds } = options;
    const now = context.clock.now();
    const { issuer, id_token_signing_alg_values_supported: algorithms } = metadata;
    const payload = await verifyIdToken(tokens.id_token, {
      ...context.keys,
      issuer,
      clientId,
      algorithms,
      now,
    });
    const { access_token: accessToken } = tokens;
    return verifyClaims(payload, { clientId, accessToken, nonce, now, acrValues, maxAgeSeconds });
  }

  /** Userinfo's claims, from an issuer that does not put them into the ID token. */
  async function userinfoOf(
    { userinfo_endpoint: url }: IssuerMetadata,
    accessToken: string,
  ): Promise<Userinfo | undefined> {
    if (url === undefined) return undefined;
    return judgeUserinfo(await fetchUserinfo(context.outbound, url, accessToken));
  }

  function report(
    error: unknown,
    received: Received,
    { metadata, nonce }: { metadata: IssuerMetadata; nonce: string },
  ): void {
    if (!isDropError(error, 'sign_in_token_invalid')) return;
    const { issuer, id_token_signing_alg_values_supported: algorithms } = metadata;
    const expected = { issuer, algorithms, nonce, now: context.clock.now(), options };
    context.log(error.message, describeRefusal(expected, received));
  }

  return async (tokens, metadata, transaction) => {
    const received: Received = { idToken: tokens.id_token };
    try {
      const claims = await verify(tokens, metadata, transaction);
      const userinfo = await userinfoOf(metadata, tokens.access_token);
      if (!userinfo) return toVerifiedIdentity(claims, options);
      received.userinfo = userinfo;
      return toVerifiedIdentity(withUserinfo(claims, userinfo, options.nationalIdentityClaims), options);
    } catch (error) {
      report(error, received, { metadata, nonce: transaction.nonce });
      throw error;
    }
  };
}
