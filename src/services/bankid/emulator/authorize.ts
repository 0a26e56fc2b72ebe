/** An authorization request that was accepted. */
export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  nonce: string;
  codeChallenge: string;
  scope: string[];
  acr: string;
  locale: 'nb' | 'en';
}

/** `page`: the client is not certain, so the person is shown an error page and not redirected. */
export type JudgedAuthorization =
  | { kind: 'accepted'; request: AuthorizationRequest }
  | { kind: 'page'; reason: string }
  | { kind: 'redirect'; redirectUri: string; error: string; description: string; state: string | undefined };

const acrs = new Map([
  ['urn:bankid:bid', 'urn:bankid:bid;LOA=4'],
  ['urn:bankid:bis', 'urn:bankid:bis;LOA=3'],
]);
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
 * URI exactly as registered. A national identity number is allowed in a pushed request but not in the query.
 */
export function judgeAuthorization(
  query: URLSearchParams,
  client: { clientId: string; redirectUris: readonly string[]; isPushed?: boolean },
): JudgedAuthorization {
  const repeated = single.find((name) => query.getAll(name).length > 1);
  if (repeated) return { kind: 'page', reason: `duplicated parameter: ${repeated}` };
  if (query.get('client_id') !== client.clientId) return { kind: 'page', reason: 'invalid client_id' };
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client.redirectUris.includes(redirectUri)) return { kind: 'page', reason: 'invalid redirect_uri' };
  const state = query.get('state') ?? undefined;
  const fault = faultOf(query) ?? (client.isPushed ? undefined : numberFault(query));
  if (fault) return { kind: 'redirect', redirectUri, state, ...fault };
  return { kind: 'accepted', request: requestOf(query, redirectUri) };
}

function faultOf(query: URLSearchParams): { error: string; description: string } | undefined {
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
  if (!(query.get('scope') ?? '').split(' ').includes('openid'))
    return { error: 'invalid_scope', description: 'scope must have openid' };
  return undefined;
}

function numberFault(query: URLSearchParams): { error: string; description: string } | undefined {
  if (!/\d{11}/.test(query.get('login_hint') ?? '')) return undefined;
  return { error: 'invalid_request', description: 'a national identity number in login_hint' };
}

function requestOf(query: URLSearchParams, redirectUri: string): AuthorizationRequest {
  const asked = (query.get('acr_values') ?? '').split(' ').map((value) => value.split(';')[0] ?? '');
  const level = asked.find((value) => acrs.has(value)) ?? 'urn:bankid:bid';
  return {
    redirectUri,
    state: query.get('state') ?? '',
    nonce: query.get('nonce') ?? '',
    codeChallenge: query.get('code_challenge') ?? '',
    scope: (query.get('scope') ?? '').split(' '),
    acr: acrs.get(level) ?? level,
    locale: query.get('ui_locales')?.split(' ')[0] === 'en' ? 'en' : 'nb',
  };
}
