import { z } from 'zod';

const anything = z.record(z.string(), z.unknown()).default({});
const names = z.array(z.string()).default([]);

/** What to do to the next token response instead of the right thing; for tests of what a relying party lets pass. */
export const overrideSchema = z.strictObject({
  claims: anything,
  withoutClaims: names,
  header: anything,
  withoutHeader: names,
  alg: z.enum(['ES256', 'RS256', 'PS256', 'HS256', 'none']).default('ES256'),
  /** `unpublished`: a key that is not in the set, under its own `kid`; `impostor`: the same under the current one's. */
  key: z.enum(['current', 'next', 'previous', 'unpublished', 'impostor']).default('current'),
  signature: z.enum(['good', 'tampered', 'der', 'empty', 'not_base64url']).default('good'),
  /** Brings the key that signs along: itself, and addresses where it is to be had. */
  keyInHeader: z.boolean().default(false),
  /** How many parts the compact serialisation gets: 3 is a JWS, 5 looks like a JWE. */
  parts: z.int().min(1).max(5).default(3),
  response: anything,
  withoutResponse: names,
  /** Answers 307 to that address instead, which would take the code along. */
  redirectTo: z.url().optional(),
});
export type Override = z.output<typeof overrideSchema>;
export const noOverride: Override = overrideSchema.parse({});

/** What to do to the query with which the next person is sent back. */
export const callbackOverrideSchema = z.strictObject({
  set: z.record(z.string(), z.string()).default({}),
  without: names,
  /** What is given once more, after what is there. */
  again: z.record(z.string(), z.string()).default({}),
});
export type CallbackOverride = z.output<typeof callbackOverrideSchema>;
export const noCallbackOverride: CallbackOverride = callbackOverrideSchema.parse({});

/** What to do to the next answer of userinfo. */
export const userinfoOverrideSchema = z.strictObject({
  claims: anything,
  withoutClaims: names,
  /** As from a gateway that puts a page before it, or an issuer that signs the answer. */
  as: z.enum(['json', 'html', 'jwt']).default('json'),
  status: z.literal([200, 206]).default(200),
});
export type UserinfoOverride = z.output<typeof userinfoOverrideSchema>;
export const noUserinfoOverride: UserinfoOverride = userinfoOverrideSchema.parse({});

/** What to do to the provider metadata until the next reset. */
export const discoveryOverrideSchema = z.strictObject({ set: anything, without: names });
export type DiscoveryOverride = z.output<typeof discoveryOverrideSchema>;

/** `original` with `set` over it and `without` taken out. */
export function overridden(
  original: Record<string, unknown>,
  set: Record<string, unknown>,
  without: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...original, ...set }).filter(([name]) => !without.includes(name)),
  );
}
