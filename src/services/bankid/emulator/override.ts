import { z } from 'zod';

const anything = z.record(z.string(), z.unknown()).default({});
const names = z.array(z.string()).default([]);

/** Overrides for the next token response; for tests of what a relying party accepts. */
export const overrideSchema = z.strictObject({
  claims: anything,
  withoutClaims: names,
  header: anything,
  withoutHeader: names,
  alg: z.enum(['ES256', 'RS256', 'PS256', 'HS256', 'none']).default('ES256'),
  /**
   * `unpublished`: a key that is not in the set, with its own `kid`; `impostor`: the same key with the current key's
   * `kid`.
   */
  key: z.enum(['current', 'next', 'previous', 'unpublished', 'impostor']).default('current'),
  signature: z.enum(['good', 'tampered', 'der', 'empty', 'not_base64url']).default('good'),
  /** Adds the signing key to the header, and addresses from which it can be fetched. */
  keyInHeader: z.boolean().default(false),
  /** How many parts the compact serialisation gets: 3 is a JWS, 5 looks like a JWE. */
  parts: z.int().min(1).max(5).default(3),
  response: anything,
  withoutResponse: names,
  /** Answers with a 307 redirect to that address, which would forward the code. */
  redirectTo: z.url().optional(),
});
export type Override = z.output<typeof overrideSchema>;
export const noOverride: Override = overrideSchema.parse({});

/** Overrides for the query of the next callback. */
export const callbackOverrideSchema = z.strictObject({
  set: z.record(z.string(), z.string()).default({}),
  without: names,
  /** Parameters to append, even if they are already present. */
  again: z.record(z.string(), z.string()).default({}),
});
export type CallbackOverride = z.output<typeof callbackOverrideSchema>;
export const noCallbackOverride: CallbackOverride = callbackOverrideSchema.parse({});

/** Overrides for the next userinfo answer. */
export const userinfoOverrideSchema = z.strictObject({
  claims: anything,
  withoutClaims: names,
  /** `html`: a page from a gateway in front of the issuer; `jwt`: a signed answer. */
  as: z.enum(['json', 'html', 'jwt']).default('json'),
  status: z.literal([200, 206]).default(200),
});
export type UserinfoOverride = z.output<typeof userinfoOverrideSchema>;
export const noUserinfoOverride: UserinfoOverride = userinfoOverrideSchema.parse({});

/** Overrides for the provider metadata until the next reset. */
export const discoveryOverrideSchema = z.strictObject({ set: anything, without: names });
export type DiscoveryOverride = z.output<typeof discoveryOverrideSchema>;

/** `original` with the members of `set` added and those in `without` removed. */
export function overridden(
  original: Record<string, unknown>,
  set: Record<string, unknown>,
  without: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...original, ...set }).filter(([name]) => !without.includes(name)),
  );
}
