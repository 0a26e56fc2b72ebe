import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { ListReader } from '#services/listed-items.ts';
import { createCachedDocument, maxAgeMs } from '#services/cached-document.ts';
import { unavailable } from './errors.ts';
import { fetchDocument, judgeDocument } from './fetch-document.ts';
import type { BankIdOptions } from './options.ts';
import { discoverySchema, type Discovery } from './wire.ts';

/** The issuer's metadata that Drop needs to start a sign-in and to judge its result. */
export interface IssuerMetadata {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  /** Only when Drop is to push its requests. */
  pushed_authorization_request_endpoint?: string;
  /** Only when the national identity number is read from userinfo. */
  userinfo_endpoint?: string;
  /** The algorithms that both Drop and the issuer allow. */
  id_token_signing_alg_values_supported: string[];
  authorization_response_iss_parameter_supported: boolean;
}

/** BankID signs with ES256, ID-porten with RS256. Symmetric algorithms and `none` are never allowed. */
const allowedAlgorithms = ['ES256', 'RS256', 'PS256'];
const staleMsMax = 24 * 3_600_000;
const lifetime = { defaultMs: 3_600_000, leastMs: 60_000, mostMs: 24 * 3_600_000 };

/** Provides the issuer's metadata: configured, discovered and cached, or a combination. */
export function createMetadataSource(
  options: BankIdOptions,
  context: {
    clock: Clock;
    outbound: Outbound;
    log(message: string, details: Record<string, unknown>): void;
    readLists: ListReader;
  },
): { get(): Promise<IssuerMetadata> } {
  const configured = configuredMetadata(options);
  if (configured) {
    const judged = judgeMetadata(configured, options);
    return { get: async () => judged };
  }
  return createCachedDocument({
    clock: context.clock,
    staleMsMax,
    onStale: (error) =>
      context.log('BankID discovery cannot be fetched; the outdated copy is used', { error }),
    async load() {
      const url = addressUnder(options.issuer, '/.well-known/openid-configuration');
      const response = await fetchDocument(context.outbound, 'discovery', url);
      const judge = () => judgeDocument('discovery', response, discoverySchema);
      const discovered = context.readLists('bankid.discovery', judge);
      return { value: judgeMetadata(discovered, options), maxAgeMs: maxAgeMs(response.headers, lifetime) };
    },
  });
}

function configuredMetadata(options: BankIdOptions): Discovery | undefined {
  const { issuer, authorizeUrl, tokenUrl, jwksUrl } = options;
  if (authorizeUrl === undefined || tokenUrl === undefined || jwksUrl === undefined) return undefined;
  return {
    issuer,
    authorization_endpoint: authorizeUrl,
    token_endpoint: tokenUrl,
    jwks_uri: jwksUrl,
    require_pushed_authorization_requests: false,
    id_token_signing_alg_values_supported: undefined,
    authorization_response_iss_parameter_supported: false,
  };
}

/** Pure. @throws {DropError} `sign_in_unavailable` when the metadata cannot be used to sign in. */
function judgeMetadata(found: Discovery, options: BankIdOptions): IssuerMetadata {
  if (found.issuer !== options.issuer) throw unusable('it names another issuer');
  const metadata = {
    issuer: found.issuer,
    authorization_response_iss_parameter_supported: found.authorization_response_iss_parameter_supported,
    authorization_endpoint: options.authorizeUrl ?? found.authorization_endpoint,
    token_endpoint: options.tokenUrl ?? found.token_endpoint,
    jwks_uri: options.jwksUrl ?? found.jwks_uri,
    ...pushing(found, options),
    ...asking(found, options),
    id_token_signing_alg_values_supported: allowedAlgorithms.filter(
      (algorithm) => found.id_token_signing_alg_values_supported?.includes(algorithm) ?? true,
    ),
  };
  if (metadata.id_token_signing_alg_values_supported.length === 0)
    throw unusable('it supports no signing algorithm that Drop accepts');
  const { authorization_endpoint, token_endpoint, jwks_uri } = metadata;
  const { pushed_authorization_request_endpoint, userinfo_endpoint } = metadata;
  const endpoints = [authorization_endpoint, token_endpoint, jwks_uri];
  endpoints.push(
    ...[pushed_authorization_request_endpoint, userinfo_endpoint].filter((url) => url !== undefined),
  );
  for (const url of endpoints) {
    if (!isAllowed(new URL(url), options.allowInsecureLoopback)) {
      throw unusable('an endpoint is not https');
    }
  }
  return metadata;
}

/** The endpoint for pushed requests; absent when requests are sent through the browser. */
function pushing(
  found: Discovery,
  { pushedAuthorization = 'auto' }: BankIdOptions,
): Pick<IssuerMetadata, 'pushed_authorization_request_endpoint'> {
  const endpoint = found.pushed_authorization_request_endpoint;
  const isRequired = found.require_pushed_authorization_requests;
  if (pushedAuthorization === 'never') {
    if (isRequired) throw unusable('it requires pushed requests');
    return {};
  }
  if (endpoint !== undefined) return { pushed_authorization_request_endpoint: endpoint };
  if (isRequired || pushedAuthorization === 'always') throw unusable('it does not offer pushed requests');
  return {};
}

/** The userinfo endpoint; absent when the ID token contains the number. */
function asking(found: Discovery, options: BankIdOptions): Pick<IssuerMetadata, 'userinfo_endpoint'> {
  if (options.identitySource !== 'userinfo') return {};
  const endpoint = options.userinfoUrl ?? found.userinfo_endpoint;
  if (endpoint === undefined)
    throw unusable('it names no userinfo endpoint, which is needed to read the number');
  return { userinfo_endpoint: endpoint };
}

function isAllowed(url: URL, allowInsecureLoopback: boolean): boolean {
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback && allowInsecureLoopback);
}

function unusable(why: string): Error {
  return unavailable('discovery', { message: `the issuer's metadata cannot be used: ${why}` });
}
