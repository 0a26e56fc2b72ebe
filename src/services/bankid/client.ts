import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { OddItems } from '#domain/odd-items.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createListReader } from '#services/listed-items.ts';
import { createAuthentication } from './authentication.ts';
import { requestAuthorization } from './authorization-request.ts';
import { judgeCallback } from './callback.ts';
import { createMetadataSource, type IssuerMetadata } from './discovery.ts';
import { stateMismatch } from './errors.ts';
import { verifyIdToken } from './id-token.ts';
import { createKeySet } from './jwks.ts';
import { toVerifiedIdentity } from './map.ts';
import type { BankIdOptions } from './options.ts';
import type { BankId, SignInTransaction } from './service.ts';
import { exchangeCode } from './token.ts';
import { fetchUserinfo, judgeUserinfo, withUserinfo } from './userinfo.ts';
import { verifyClaims } from './verify.ts';
import type { IdTokenClaims, TokenResponse } from './wire.ts';

export interface BankIdContext {
  clock: Clock;
  entropy: Entropy;
  outbound: Outbound;
  /**
   * For metadata and keys. It has its own breaker: Drop caches both, so a failure to fetch them must not block other
   * calls.
   */
  documents: Outbound;
  log(message: string, details: Record<string, unknown>): void;
  /** Counts the items of an answer that could not be read. */
  onOddItems?: ((odd: OddItems) => void) | undefined;
}

/**
 * The production client, for any OpenID Connect issuer that provides the national identity number in its ID token or
 * through userinfo.
 *
 * @throws {DropError} At creation: `sign_in_unavailable` when the configured addresses are not https or are incomplete,
 * `configuration_invalid` when the configured client authentication cannot be used.
 */
export function createBankIdClient(options: BankIdOptions, context: BankIdContext): BankId {
  const readLists = createListReader({ provider: 'bankid', ...context });
  const ofDocuments = { ...context, outbound: context.documents, readLists };
  const metadataSource = createMetadataSource(options, ofDocuments);
  const jwksUrl = async (): Promise<string> => (await metadataSource.get()).jwks_uri;
  const keys = createKeySet({ ...ofDocuments, jwksUrl });
  const authenticate = createAuthentication(options, context);
  const client = { client_id: options.clientId };

  async function exchange(
    metadata: IssuerMetadata,
    code: string,
    transaction: SignInTransaction,
  ): Promise<TokenResponse> {
    const prove = authenticate(metadata);
    return exchangeCode(
      { code, ...transaction },
      {
        outbound: context.outbound,
        url: metadata.token_endpoint,
        authenticate: (form, headers) => prove({ ...metadata }, client, form, headers),
      },
    );
  }

  async function verify(
    tokens: TokenResponse,
    metadata: IssuerMetadata,
    { nonce }: SignInTransaction,
  ): Promise<IdTokenClaims> {
    const { clientId, acrValues, maxAgeSeconds } = options;
    const now = context.clock.now();
    const { issuer, id_token_signing_alg_values_supported: algorithms } = metadata;
    const payload = await verifyIdToken(tokens.id_token, { ...keys, issuer, clientId, algorithms, now });
    const { access_token: accessToken } = tokens;
    return verifyClaims(payload, { clientId, accessToken, nonce, now, acrValues, maxAgeSeconds });
  }

  /** Adds the claims from userinfo, for an issuer that does not put them into the ID token. */
  async function withNumber(
    claims: IdTokenClaims,
    { userinfo_endpoint: url }: IssuerMetadata,
    accessToken: string,
  ): Promise<IdTokenClaims> {
    if (url === undefined) return claims;
    const userinfo = judgeUserinfo(await fetchUserinfo(context.outbound, url, accessToken));
    return withUserinfo(claims, userinfo, options.nationalIdentityClaims);
  }

  return {
    async startSignIn(request) {
      const metadata = await metadataSource.get();
      const { outbound, entropy } = context;
      const authentication = authenticate(metadata);
      return requestAuthorization(request, { options, metadata, outbound, entropy, authentication });
    },

    async completeSignIn(parameters, transaction) {
      const code = judgeCallback(parameters, transaction, options.issuer);
      const metadata = await metadataSource.get();
      if (metadata.authorization_response_iss_parameter_supported && !parameters.has('iss')) {
        throw stateMismatch('the callback does not name its issuer');
      }
      const tokens = await exchange(metadata, code, transaction);
      const claims = await verify(tokens, metadata, transaction);
      return toVerifiedIdentity(await withNumber(claims, metadata, tokens.access_token), options);
    },
  };
}
