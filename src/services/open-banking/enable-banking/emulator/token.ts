import { verify } from 'node:crypto';
import { z } from 'zod';
import type { EmulatorKeys } from './keys.ts';

const lifetimeSecondsMax = 86_400;

const headerSchema = z.object({ typ: z.unknown(), alg: z.unknown(), kid: z.unknown() }).partial();
const claimsSchema = z
  .object({ iss: z.unknown(), aud: z.unknown(), iat: z.unknown(), exp: z.unknown() })
  .partial();

/**
 * The reason to refuse the application's JSON Web Token (OpenAPI, "JWT format and signature"), or undefined.
 *
 * The segments may end with padding, which RFC 7515 does not allow: the provider's own JavaScript sample leaves a `=`
 * there. The signature is over the segments as they came.
 */
export function faultOfToken(token: string, keys: EmulatorKeys, now: Date): string | undefined {
  const segments = token.split('.');
  const [header = '', claims = '', signature = ''] = segments;
  if (segments.length !== 3 || !segments.every((segment) => /^[\w-]+={0,2}$/.test(segment)))
    return 'the token is not three base64url segments separated by dots';
  return (
    faultOfHeader(headerSchema.safeParse(decode(header)), keys) ??
    (isSigned(`${header}.${claims}`, signature, keys) ? undefined : 'the signature is wrong') ??
    faultOfClaims(claimsSchema.safeParse(decode(claims)), now)
  );
}

function decode(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isSigned(signed: string, signature: string, { applicationPublicKey }: EmulatorKeys): boolean {
  return verify('sha256', Buffer.from(signed), applicationPublicKey, Buffer.from(signature, 'base64url'));
}

function faultOfHeader(
  { data }: z.ZodSafeParseResult<z.output<typeof headerSchema>>,
  { applicationId }: EmulatorKeys,
): string | undefined {
  if (data === undefined) return 'the header is not a JSON object';
  if (data.typ !== 'JWT') return 'typ must be JWT';
  if (data.alg !== 'RS256') return 'alg must be RS256';
  return data.kid === applicationId ? undefined : 'kid is not the id of an application';
}

function faultOfClaims(
  { data }: z.ZodSafeParseResult<z.output<typeof claimsSchema>>,
  now: Date,
): string | undefined {
  if (data === undefined) return 'the body is not a JSON object';
  const { iss, aud, iat, exp } = data;
  const seconds = now.getTime() / 1000;
  if (iss !== 'enablebanking.com') return 'iss must be enablebanking.com';
  if (aud !== 'api.enablebanking.com') return 'aud must be api.enablebanking.com';
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'iat and exp must be timestamps in seconds';
  if (iat > seconds) return 'iat is in the future';
  if (exp <= seconds) return 'the token has expired';
  return exp - iat > lifetimeSecondsMax ? 'the token may be valid for at most 86400 seconds' : undefined;
}
