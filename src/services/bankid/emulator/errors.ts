import { jsonError, type ProviderErrors } from '#emulation/error-bodies.ts';

/**
 * OAuth 2.0's errors with their statuses (RFC 6749, 5.2; RFC 6750, 3.1), and `server_error` and
 * `temporarily_unavailable`, which BankID's Keycloak sends with 500 and 503. An error of the callback is injected by
 * `bend_next_callback`.
 */
const codes = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export const bankIdErrors: ProviderErrors = {
  codes,
  errorBody(status, code = usualCode(status)) {
    return jsonError({ error: code, error_description: `sandbox fault: ${code}` });
  },
};

function usualCode(status: number): keyof typeof codes {
  if (status === 500) return 'server_error';
  if (status > 500 || status === 429) return 'temporarily_unavailable';
  if (status === 401) return 'invalid_client';
  return 'invalid_request';
}
