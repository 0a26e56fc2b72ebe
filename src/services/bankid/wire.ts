import { z } from 'zod';
import type { RawResponse } from '#outbound/outbound.ts';
import { absorbed, listed } from '#services/listed-items.ts';

/**
 * OpenID provider metadata (OpenID Connect Discovery 1.0, section 3; RFC 9207), limited to the members that Drop reads.
 */
export const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  /** RFC 9126, section 5. */
  pushed_authorization_request_endpoint: z.url().optional(),
  /** OpenID Connect Core 1.0, 5.3. An invalid value is ignored, since it matters only when userinfo is used. */
  userinfo_endpoint: z.url().optional().catch(undefined),
  require_pushed_authorization_requests: z.boolean().catch(false),
  /** When absent or invalid, Drop's own allow-list applies. */
  id_token_signing_alg_values_supported: absorbed(
    'id_token_signing_alg_values_supported',
    z
      .array(z.unknown())
      .refine((names) => names.length === 0 || names.some((name) => typeof name === 'string'))
      .pipe(listed('id_token_signing_alg_values_supported', z.string()))
      .optional(),
    undefined,
  ),
  authorization_response_iss_parameter_supported: z.boolean().catch(false),
});
export type Discovery = z.output<typeof discoverySchema>;

const keyMaterial = z.string().regex(/^[\w-]+$/);
/** RFC 7518, 3.3 and 3.5. */
const rsaBitsMin = 2_048n;
const keyUse = {
  kid: z.string().optional(),
  alg: z.string().optional(),
  /** A key without `use` may be used for anything. Encryption keys in the same set must not verify. */
  use: z.literal('sig').optional(),
  /** Only `verify` matters here; other operations, including unknown ones, are ignored (RFC 7517, 4.3). */
  key_ops: listed('key_ops', z.string())
    .transform((operations) => operations.filter((operation) => operation === 'verify'))
    .optional(),
};

/** A public key that may verify (RFC 7517); parsing drops private parts and certificates. */
const verificationKeySchema = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('EC'), crv: z.string(), x: keyMaterial, y: keyMaterial, ...keyUse }),
  z.object({ kty: z.literal('RSA'), n: keyMaterial.refine(isLongEnough), e: keyMaterial, ...keyUse }),
]);
export type VerificationKey = z.output<typeof verificationKeySchema>;

function isLongEnough(modulus: string): boolean {
  const number = BigInt(`0x0${Buffer.from(modulus, 'base64url').toString('hex')}`);
  return number >> (rsaBitsMin - 1n) > 0n;
}

/** A key in the set that is not for verifying signatures (RFC 7517, 4.1 and 4.2). */
const otherKeySchema = z
  .union([
    z.object({ kty: z.string(), use: z.string().refine((use) => use !== 'sig') }),
    z.object({ kty: z.string().refine((type) => type !== 'EC' && type !== 'RSA') }),
  ])
  .transform(() => undefined);

/** A key that Drop cannot read must not make the other keys unusable. */
export const keySetSchema = z
  .object({ keys: listed('keys', z.union([verificationKeySchema, otherKeySchema])) })
  .transform(({ keys }) => keys.filter((key) => key !== undefined));

/** RFC 6749, 5.1 and OpenID Connect Core 1.0, 3.1.3.3. The token type is case-insensitive (RFC 6749, 5.1). */
export const tokenResponseSchema = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  id_token: z.string().min(1),
});
export type TokenResponse = z.output<typeof tokenResponseSchema>;

/** RFC 9126, 2.2. */
export const pushedResponseSchema = z.object({
  request_uri: z.string().min(1).max(2_048),
  expires_in: z.number().positive(),
});
export type PushedResponse = z.output<typeof pushedResponseSchema>;

/** RFC 6749, 5.2. The error code is logged, so its form is checked. */
export const tokenErrorSchema = z.object({ error: z.string().regex(/^[a-z_]{1,64}$/) });

const optionalText = z.string().min(1).optional().catch(undefined);

/** The personal claims besides the number. */
const personal = {
  name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  birthdate: z.iso.date().nullish(),
};
export const personalClaims = Object.keys(personal);

/** OpenID Connect Core 1.0, 5.3.2; the claims that may contain the number are read by name. */
export const userinfoSchema = z.looseObject({ sub: z.string().min(1).max(255), ...personal });
export type Userinfo = z.output<typeof userinfoSchema>;

/**
 * The claims of an ID token that Drop judges (OpenID Connect Core 1.0, section 2; BankID's documentation of its ID
 * token). Claims that decide who signs in are strict; claims that are only displayed are ignored when invalid.
 */
export const idTokenClaimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  auth_time: z.number().optional(),
  at_hash: z.string().optional(),
  acr: optionalText,
  ...personal,
});
export type IdTokenClaims = z.output<typeof idTokenClaimsSchema>;

/** The parsed body. A body that is not JSON becomes a string, which no schema here accepts. */
export function bodyOf(response: RawResponse): unknown {
  try {
    return response.json();
  } catch {
    return 'not JSON';
  }
}

/** Names the invalid fields and, unlike zod's own message, none of their values. */
export function faultyFields(error: z.ZodError): string {
  return error.issues.map(({ path }) => path.join('.') || 'the whole body').join(', ');
}
