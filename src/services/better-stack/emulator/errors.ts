import { jsonError, type ProviderErrors } from '#emulation/error-bodies.ts';

/** Source: betterstack.com/docs/uptime/api, "Errors": a text, or lists of texts by attribute (422). */
export const betterStackErrors: ProviderErrors = {
  codes: { invalid_token: 401, not_found: 404, invalid_attributes: 422, rate_limited: 429 },
  errorBody(status, code) {
    if (status === 422) return jsonError({ errors: { base: ['is invalid'] } });
    return jsonError({ errors: words[code ?? ''] ?? words[nameOf(status)] ?? 'Internal server error' });
  },
};

const words: Readonly<Record<string, string>> = {
  invalid_token: 'Invalid Team API token',
  not_found: 'Resource with provided ID was not found',
  rate_limited: 'Too many requests',
};

function nameOf(status: number): string {
  return status === 401
    ? 'invalid_token'
    : status === 404
      ? 'not_found'
      : status === 429
        ? 'rate_limited'
        : '';
}

export function refuse(status: 401 | 404 | 429): Response {
  const { contentType, body } = betterStackErrors.errorBody(status, undefined, '');
  return new Response(body, { status, headers: { 'content-type': contentType } });
}
