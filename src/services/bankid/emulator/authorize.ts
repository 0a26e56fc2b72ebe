import type { RegisteredClient } from './client-authentication.ts';
import type { IssuerProfile } from './issuers.ts';

/** An authorization request that was accepted. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  state: string;
  nonce: string;
  codeChallenge: string;
  scope: string[];
  /** Undefined at an issuer that reports no level. */
  acr: string | undefined;
  locale: 'nb' | 'en';
}

/** `page`: the client is not certain, so the person is shown an error page and not redirected. */
export type JudgedAuthorization =
  | { kind: 'accepted'; request: AuthorizationRequest }
  | { kind: 'page'; reason: string }
  | { kind: 'redirect'; redirectUri: string; error: string; description: string; state: string | undefined };

/** The judge's circumstances: the issuer, the registered clients, and whether the request was pushed. */
interface Circumstances {
  profile: IssuerProfile;
  clients: ReadonlyMap<string, RegisteredClient>;
  isPushed: boolean;
}

const single = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'acr_values',
  'max_age',
  'ui_locales',
  'login_hint',
];

/**
 * Judges a request by the rules of BankID's API version 4: `code` only, with PKCE S256, state and nonce; the redirect
 * URI exactly as registered; only scopes and levels that the issuer knows, and scopes that the client has. A national
 * identity number is allowed in a pushed request but not in the query.
 */
export function judgeAuthorization(
  query: URLSearchParams,
  { profile, clients, isPushed }: Circumstances,
): JudgedAuthorization {
  const repeated = single.find((name) => query.getAll(name).length > 1);
  if (repeated) return { kind: 'page', reason: `duplicated parameter: ${repeated}` };
  const client = clients.get(query.get('client_id') ?? '');
  if (!client) return { kind: 'page', reason: 'invalid client_id' };
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client.redirectUris.includes(redirectUri)) return { kind: 'page', reason: 'invalid redirect_uri' };
  const state = query.get('state') ?? undefined;
  const fault =
    faultOf(query) ??
    scopeFault(query, profile, client) ??
    levelFault(query, profile) ??
    (isPushed ? undefined : numberFault(query));
  if (fault) return { kind: 'redirect', redirectUri, state, ...fault };
  return { kind: 'accepted', request: requestOf(query, profile, { clientId: client.clientId, redirectUri }) };
}

interface RequestFault {
  error: string;
  description: string;
}

function faultOf(query: URLSearchParams): RequestFault | undefined {
  const invalid = (description: string) => ({ error: 'invalid_request', description });
  if (query.get('response_type') !== 'code')
    return { error: 'unsupported_response_type', description: 'only code' };
  if ((query.get('response_mode') ?? 'query') !== 'query')
    return invalid('this sandbox answers in the query');
  if (!query.get('state')) return invalid('missing state');
  if (!query.get('nonce')) return invalid('missing nonce');
  if (query.get('code_challenge_method') !== 'S256') return invalid('code_challenge_method must be S256');
  if (!/^[\w-]{43}$/.test(query.get('code_challenge') ?? '')) return invalid('invalid code_challenge');
  if (!/^\d*$/.test(query.get('max_age') ?? '')) return invalid('max_age must be a number of seconds');
  return undefined;
}

/** As Keycloak, on which BankID is built: every scope must be known, and assigned to the client. */
function scopeFault(
  query: URLSearchParams,
  { scopes }: IssuerProfile,
  { scopes: assigned = Object.keys(scopes) }: RegisteredClient,
): RequestFault | undefined {
  const asked = listIn(query, 'scope');
  if (!asked.includes('openid')) return { error: 'invalid_scope', description: 'scope must have openid' };
  const isKnown = asked.every((name) => name in scopes && (name === 'openid' || assigned.includes(name)));
  return isKnown ? undefined : { error: 'invalid_scope', description: `Invalid scopes: ${asked.join(' ')}` };
}

function levelFault(query: URLSearchParams, { levels }: IssuerProfile): RequestFault | undefined {
  const isKnown = levelsAsked(query).every((name) => name in levels);
  return isKnown ? undefined : { error: 'invalid_request', description: 'unsupported acr_values' };
}

/** BankID's older documentation writes `urn:bankid:bid;LOA=4`. */
function levelsAsked(query: URLSearchParams): string[] {
  return listIn(query, 'acr_values').map((value) => value.split(';')[0] ?? '');
}

function listIn(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(' ').filter((value) => value !== '');
}

function numberFault(query: URLSearchParams): RequestFault | undefined {
  if (!/\d{11}/.test(query.get('login_hint') ?? '')) return undefined;
  return { error: 'invalid_request', description: 'a national identity number in login_hint' };
}

function requestOf(
  query: URLSearchParams,
  { levels }: IssuerProfile,
  of: Pick<AuthorizationRequest, 'clientId' | 'redirectUri'>,
): AuthorizationRequest {
  const [level = Object.keys(levels)[0] ?? ''] = levelsAsked(query);
  return {
    ...of,
    state: query.get('state') ?? '',
    nonce: query.get('nonce') ?? '',
    codeChallenge: query.get('code_challenge') ?? '',
    scope: listIn(query, 'scope'),
    acr: levels[level],
    locale: query.get('ui_locales')?.split(' ')[0] === 'en' ? 'en' : 'nb',
  };
}
