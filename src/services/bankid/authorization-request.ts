import {
  allowInsecureRequests,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  Configuration,
  customFetch,
  type ClientAuth,
} from 'openid-client';
import type { Entropy } from '#domain/entropy.ts';
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
  entropy: Entropy;
}

/**
 * Where to send a person who signs in (OpenID Connect Core 1.0, 3.1.2.1; RFC 7636), and what to keep until they return.
 *
 * @throws {DropError} `sign_in_unavailable` when a pushed request is not taken.
 */
export async function requestAuthorization(
  { redirectUri, locale }: { redirectUri: string; locale: Locale },
  context: Context,
): Promise<SignInStart> {
  const { options, entropy } = context;
  // A token has the 256 bits and the alphabet that RFC 7636, 4.1 recommends for a verifier.
  const codeVerifier = entropy.token();
  const transaction = { state: entropy.token(), nonce: entropy.token(), codeVerifier, redirectUri };
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
 * openid-client's view of the issuer and of Drop where a sign-in begins. It sees no token: what comes back is exchanged
 * and verified here (docs/decisions/0020).
 */
function configure({ options, metadata, authentication, outbound }: Context): Configuration {
  const config = new Configuration({ ...metadata }, options.clientId, undefined, authentication);
  config[customFetch] = createPushFetch(outbound);
  config.timeout = undefined; // the guarded call has its own deadline
  if (options.allowInsecureLoopback) allowInsecureRequests(config); // the metadata was judged: loopback only
  return config;
}
