import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { ListReader } from '#services/listed-items.ts';
import { createCachedDocument, maxAgeMs } from '#services/cached-document.ts';
import { unavailable } from './errors.ts';
import { fetchDocument, judgeDocument } from './fetch-document.ts';
import type { BankIdOptions } from './options.ts';
import { discoverySchema, type Discovery } from './wire.ts';

/** What Drop must know of the issuer to send people there and to judge what comes back. */
export interface IssuerMetadata {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  /** Only where Drop shall push its requests. */
  pushed_authorization_request_endpoint?: string;
  /** Only where the number is asked for there. */
  userinfo_endpoint?: string;
  /** Drop's allow-list and the issuer's, in common. */
  id_token_signing_alg_values_supported: string[];
  authorization_response_iss_parameter_supported: boolean;
}

/** BankID signs with ES256, ID-porten with RS256. Nothing symmetric, never `none`. */
const allowedAlgorithms = ['ES256', 'RS256', 'PS256'];
const staleMsMax = 24 * 3_600_000;
const lifetime = { defaultMs: 3_600_000, leastMs: 60_000, mostMs: 24 * 3_600_000 };

/** Gives the issuer's metadata: configured, discovered and held, or some of each. */
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
    onStale: (error) => context.log('BankID discovery is down; the outdated copy serves', { error }),
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

/** Pure. @throws {DropError} `sign_in_unavailable`: with such metadata nobody can be signed in. */
function judgeMetadata(found: Discovery, options: BankIdOptions): IssuerMetadata {
  if (found.issuer !== options.issuer) throw unusable('it speaks for another issuer');
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
    throw unusable('it signs with nothing that Drop accepts');
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

/** Without the endpoint where requests go through the browser. */
function pushing(
  found: Discovery,
  { pushedAuthorization = 'auto' }: BankIdOptions,
): Pick<IssuerMetadata, 'pushed_authorization_request_endpoint'> {
  const endpoint = found.pushed_authorization_request_endpoint;
  const isRequired = found.require_pushed_authorization_requests;
  if (pushedAuthorization === 'never') {
    if (isRequired) throw unusable('it takes pushed requests only');
    return {};
  }
  if (endpoint !== undefined) return { pushed_authorization_request_endpoint: endpoint };
  if (isRequired || pushedAuthorization === 'always') throw unusable('it offers no pushed requests');
  return {};
}

/** Without the endpoint where the ID token bears the number. */
function asking(found: Discovery, options: BankIdOptions): Pick<IssuerMetadata, 'userinfo_endpoint'> {
  if (options.identitySource !== 'userinfo') return {};
  const endpoint = options.userinfoUrl ?? found.userinfo_endpoint;
  if (endpoint === undefined) throw unusable('it names no userinfo, where the number is to be asked for');
  return { userinfo_endpoint: endpoint };
}

function isAllowed(url: URL, allowInsecureLoopback: boolean): boolean {
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback && allowInsecureLoopback);
}

function unusable(why: string): Error {
  return unavailable('discovery', { message: `the issuer's metadata cannot be used: ${why}` });
}
