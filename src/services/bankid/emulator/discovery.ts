import { overridden } from './override.ts';
import { parPath, tokenPath } from './paths.ts';
import { profileOf, type EmulatorState } from './state.ts';

/** OpenID provider metadata. BankID signs everything with ES256 since API version 3. */
export function discoveryDocument(state: EmulatorState): Record<string, unknown> {
  const { issuer, options, discoveryBend } = state;
  const { scopes, levels } = profileOf(state);
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/precheck/auth`,
    token_endpoint: `${issuer}${tokenPath}`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    userinfo_endpoint: `${issuer}/userinfo`,
    pushed_authorization_request_endpoint: `${issuer}${parPath}`,
    require_pushed_authorization_requests: options.requirePushedRequests ?? false,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic', 'client_secret_post'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256', 'RS256'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: Object.keys(scopes),
    claims_supported: ['sub', 'auth_time', 'acr', 'amr', ...new Set(Object.values(scopes).flat())],
    acr_values_supported: Object.keys(levels),
    ui_locales_supported: ['nb', 'en'],
    authorization_response_iss_parameter_supported: true,
  };
  return overridden(document, discoveryBend.set, discoveryBend.without);
}
