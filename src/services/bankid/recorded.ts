import type { RecordedFields } from '#outbound/recorded-fields.ts';

/** The recorded fields of BankID's bodies: no code, token, claim or key material. */
export const recorded: RecordedFields = {
  'bankid.jwks': { response: ['keys.kid', 'keys.kty', 'keys.alg'] },
  'bankid.par': { response: ['expires_in', 'error'] },
  'bankid.token': { request: ['grant_type'], response: ['token_type', 'expires_in', 'error'] },
  'bankid.userinfo': { response: ['error'] },
};
