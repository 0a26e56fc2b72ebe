import { createHash } from 'node:crypto';
import { isStrongEnough } from './acr.ts';
import { tokenInvalid } from './errors.ts';
import { toleranceSeconds } from './id-token.ts';
import { faultyFields, idTokenClaimsSchema, type IdTokenClaims } from './wire.ts';

/** A token from the token endpoint was issued just now. */
const ageSecondsMax = 600;
/** No issuer needs a longer lifetime; a larger value is an error or an attack. */
const lifetimeSecondsMax = 86_400;

export interface Expectations {
  clientId: string;
  accessToken: string;
  nonce: string;
  now: Date;
  acrValues: readonly string[] | undefined;
  maxAgeSeconds: number | undefined;
}

/**
 * Judges the claims that the signature check does not cover (OpenID Connect Core 1.0, 3.1.3.7): the nonce, implausible
 * times, other audiences, the authorised party, the hash of the access token, and the level and age of the
 * authentication. Pure.
 *
 * @throws {DropError} `sign_in_token_invalid`, naming the claim.
 */
export function verifyClaims(claims: unknown, expectations: Expectations): IdTokenClaims {
  const parsed = idTokenClaimsSchema.safeParse(claims);
  if (!parsed.success) throw tokenInvalid(`invalid claims: ${faultyFields(parsed.error)}`);
  if (parsed.data.nonce !== expectations.nonce) throw tokenInvalid('nonce');
  verifyTimes(parsed.data, expectations.now.getTime() / 1000);
  verifyAuthenticationTime(parsed.data, expectations);
  verifyParties(parsed.data, expectations.clientId);
  const { at_hash: atHash, acr } = parsed.data;
  if (atHash !== undefined && atHash !== leftHalfHash(expectations.accessToken))
    throw tokenInvalid('at_hash');
  if (expectations.acrValues?.length && !isStrongEnough(acr, expectations.acrValues))
    throw tokenInvalid('acr');
  return parsed.data;
}

function verifyTimes({ exp, iat }: IdTokenClaims, nowSeconds: number): void {
  if (exp - iat > lifetimeSecondsMax) throw tokenInvalid('exp, its lifetime is too long');
  if (iat > nowSeconds + toleranceSeconds) throw tokenInvalid('iat, it is in the future');
  if (iat < nowSeconds - ageSecondsMax) throw tokenInvalid('iat, it is too long ago');
}

/** OpenID Connect Core 1.0, 3.1.2.1: a client that requests `max_age` receives `auth_time` and must check it. */
function verifyAuthenticationTime({ auth_time }: IdTokenClaims, { maxAgeSeconds, now }: Expectations): void {
  if (maxAgeSeconds === undefined) return;
  if (auth_time === undefined) throw tokenInvalid('auth_time, it is missing');
  const ageSeconds = now.getTime() / 1000 - auth_time;
  if (ageSeconds > maxAgeSeconds + toleranceSeconds) throw tokenInvalid('auth_time, it is too long ago');
  if (ageSeconds < -toleranceSeconds) throw tokenInvalid('auth_time, it is in the future');
}

/** OpenID Connect Core 1.0, 3.1.3.7: no untrusted audience, and an authorised party must be Drop itself. */
function verifyParties({ aud, azp }: IdTokenClaims, clientId: string): void {
  if ([aud].flat().some((audience) => audience !== clientId))
    throw tokenInvalid('aud, it has another audience');
  if (azp !== undefined && azp !== clientId) throw tokenInvalid('azp');
}

/** OpenID Connect Core 1.0, 3.1.3.6; all allowed algorithms use SHA-256. */
function leftHalfHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}
