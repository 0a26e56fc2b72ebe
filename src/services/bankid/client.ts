import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  clockTolerance,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type CustomFetch,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import type { Clock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createAuthentication } from './authentication.ts';
import { judgeCallback } from './callback.ts';
import { createMetadataSource, type IssuerMetadata } from './discovery.ts';
import { signInError, stateMismatch } from './errors.ts';
import { createKeySet } from './jwks.ts';
import { toVerifiedIdentity } from './map.ts';
import type { BankIdOptions } from './options.ts';
import { createPushFetch } from './par.ts';
import type { BankId, SignInTransaction } from './service.ts';
import { createExchangeFetch } from './token.ts';
import { fetchUserinfo, judgeUserinfo, withUserinfo } from './userinfo.ts';
import { verifyClaims } from './verify.ts';
import type { IdTokenClaims } from './wire.ts';

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/**
 * BankID for real: any OpenID Connect issuer that gives the national identity number in its ID token or by userinfo.
 *
 * @throws {DropError} At once: `sign_in_unavailable` when the configured addresses are not https or do not suffice,
 * `configuration_invalid` when Drop cannot prove itself with what it was given.
 */
export function createBankIdClient(
  options: BankIdOptions,
  context: { clock: Clock; outbound: Outbound; log(message: string, details: Record<string, unknown>): void },
): BankId {
  const metadataSource = createMetadataSource(options, context);
  const jwksUrl = async (): Promise<string> => (await metadataSource.get()).jwks_uri;
  const keys = createKeySet({ ...context, jwksUrl });
  const authenticate = createAuthentication(options, context.clock);
  const configureFor = (metadata: IssuerMetadata, fetch?: CustomFetch): Configuration =>
    configure(options, metadata, { authentication: authenticate(metadata), fetch });

  async function exchange(
    metadata: IssuerMetadata,
    code: string,
    transaction: SignInTransaction,
  ): Promise<Tokens> {
    const { redirectUri, state, nonce, codeVerifier } = transaction;
    const fetch = createExchangeFetch({ outbound: context.outbound, keys, redirectUri });
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
    try {
      const callbackUrl = callbackWith(redirectUri, { code, state, iss: metadata.issuer });
      return await authorizationCodeGrant(configureFor(metadata, fetch), callbackUrl, checks);
    } catch (error) {
      throw signInError(error);
    }
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
    async startSignIn({ redirectUri, locale }) {
      const config = configureFor(await metadataSource.get(), createPushFetch(context.outbound));
      const codeVerifier = randomPKCECodeVerifier();
      const transaction = { state: randomState(), nonce: randomNonce(), codeVerifier, redirectUri };
      const authorizeUrl = await authorizeUrlOf(config, {
        redirect_uri: redirectUri,
        scope: options.scope,
        state: transaction.state,
        nonce: transaction.nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ui_locales: locale,
        ...(options.acrValues?.length && { acr_values: options.acrValues.join(' ') }),
        ...(options.maxAgeSeconds !== undefined && { max_age: String(options.maxAgeSeconds) }),
      });
      return { authorizeUrl, transaction };
    },

    async completeSignIn(parameters, transaction) {
      const code = judgeCallback(parameters, transaction, options.issuer);
      const metadata = await metadataSource.get();
      if (metadata.authorization_response_iss_parameter_supported && !parameters.has('iss')) {
        throw stateMismatch('the callback does not say which issuer it is from');
      }
      const tokens = await exchange(metadata, code, transaction);
      const claims = verifyClaims(tokens.claims(), {
        clientId: options.clientId,
        accessToken: tokens.access_token,
        now: context.clock.now(),
        acrValues: options.acrValues,
        maxAgeSeconds: options.maxAgeSeconds,
      });
      return toVerifiedIdentity(await withNumber(claims, metadata, tokens.access_token), options);
    },
  };
}

/** Where the request is pushed (RFC 9126), the URL names it and says nothing of it. */
async function authorizeUrlOf(config: Configuration, parameters: Record<string, string>): Promise<string> {
  if (config.serverMetadata().pushed_authorization_request_endpoint === undefined) {
    return buildAuthorizationUrl(config, parameters).href;
  }
  try {
    return (await buildAuthorizationUrlWithPAR(config, parameters)).href;
  } catch (error) {
    throw signInError(error);
  }
}

/**
 * openid-client's view of the issuer and of Drop, made anew for each call so that its own caches stay out of the
 * way. Without non-repudiation checks it would take an ID token from the token endpoint on trust. It reads the system's
 * clock, so its checks of time are opened wide; `verifyClaims` makes them by ours.
 */
function configure(
  options: BankIdOptions,
  metadata: IssuerMetadata,
  { authentication, fetch }: { authentication: ClientAuth; fetch: CustomFetch | undefined },
): Configuration {
  const client = { [clockTolerance]: Number.MAX_SAFE_INTEGER };
  const config = new Configuration({ ...metadata }, options.clientId, client, authentication);
  if (fetch) config[customFetch] = fetch;
  config.timeout = undefined; // the guarded call has its own deadline
  enableNonRepudiationChecks(config);
  if (options.allowInsecureLoopback) allowInsecureRequests(config); // the metadata was judged: loopback only
  return config;
}

/** What the library needs of the callback; the rest of it has been judged, and `redirectUri` may have its own query. */
function callbackWith(redirectUri: string, parameters: Record<string, string>): URL {
  const url = new URL(redirectUri);
  url.search = new URLSearchParams(parameters).toString();
  return url;
}
