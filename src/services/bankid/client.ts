import type { Clock } from '#domain/clock.ts';
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
  outbound: Outbound;
  /** For metadata and keys: Drop holds copies of these, so where they cannot be had nothing else must stop. */
  documents: Outbound;
  log(message: string, details: Record<string, unknown>): void;
  /** Counts what of an answer could not be read. */
  onOddItems?: ((odd: OddItems) => void) | undefined;
}

/**
 * BankID for real: any OpenID Connect issuer that gives the national identity number in its ID token or by userinfo.
 *
 * @throws {DropError} At once: `sign_in_unavailable` when the configured addresses are not https or do not suffice,
 * `configuration_invalid` when Drop cannot prove itself with what it was given.
 */
export function createBankIdClient(options: BankIdOptions, context: BankIdContext): BankId {
  const readLists = createListReader({ provider: 'bankid', ...context });
  const ofDocuments = { ...context, outbound: context.documents, readLists };
  const metadataSource = createMetadataSource(options, ofDocuments);
  const jwksUrl = async (): Promise<string> => (await metadataSource.get()).jwks_uri;
  const keys = createKeySet({ ...ofDocuments, jwksUrl });
  const authenticate = createAuthentication(options, context.clock);
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

  /** What the ID token does not say of the person where the issuer keeps that for userinfo. */
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
      const { outbound } = context;
      const authentication = authenticate(metadata);
      return requestAuthorization(request, { options, metadata, outbound, authentication });
    },

    async completeSignIn(parameters, transaction) {
      const code = judgeCallback(parameters, transaction, options.issuer);
      const metadata = await metadataSource.get();
      if (metadata.authorization_response_iss_parameter_supported && !parameters.has('iss')) {
        throw stateMismatch('the callback does not say which issuer it is from');
      }
      const tokens = await exchange(metadata, code, transaction);
      const claims = await verify(tokens, metadata, transaction);
      return toVerifiedIdentity(await withNumber(claims, metadata, tokens.access_token), options);
    },
  };
}
