import {
  allowInsecureRequests,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  Configuration,
  customFetch,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
} from 'openid-client';
import type { Locale } from '#domain/locale.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { IssuerMetadata } from './discovery.ts';
import { signInError } from './errors.ts';
import type { BankIdOptions } from './options.ts';
import { createPushFetch } from './par.ts';
import type { SignInStart } from './service.ts';

interface Context {
  options: BankIdOptions;
  metadata: IssuerMetadata;
  authentication: ClientAuth;
  outbound: Outbound;
}

/**
 * Creates the URL that the customer is sent to (OpenID Connect Core 1.0, 3.1.2.1; RFC 7636), and the transaction to
 * keep until the customer returns.
 *
 * @throws {DropError} `sign_in_unavailable` when the issuer does not accept a pushed request.
 */
export async function requestAuthorization(
  { redirectUri, locale }: { redirectUri: string; locale: Locale },
  context: Context,
): Promise<SignInStart> {
  const { options } = context;
  const codeVerifier = randomPKCECodeVerifier();
  const transaction = { state: randomState(), nonce: randomNonce(), codeVerifier, redirectUri };
  const authorizeUrl = await authorizeUrlOf(configure(context), {
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
}

/** A pushed request (RFC 9126) is only referenced by the URL, which then contains none of its parameters. */
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
 * openid-client's configuration for starting a sign-in. The library handles no token: Drop itself exchanges the code
 * and verifies the ID token (docs/decisions/0020).
 */
function configure({ options, metadata, authentication, outbound }: Context): Configuration {
  const config = new Configuration({ ...metadata }, options.clientId, undefined, authentication);
  config[customFetch] = createPushFetch(outbound);
  config.timeout = undefined; // the guarded call has its own deadline
  if (options.allowInsecureLoopback) allowInsecureRequests(config); // loopback only, checked with the metadata
  return config;
}
