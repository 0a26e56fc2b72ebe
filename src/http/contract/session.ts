import { z } from 'zod';
import { flagNames } from '#domain/flags/declared.ts';
import { kycStatuses } from '#domain/kyc/verdict.ts';
import { locales } from '#domain/locale.ts';
import { timestampSchema } from './values.ts';

export const meSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kycStatus: z.enum(kycStatuses),
  /** The features that are switched on for this customer. An earlier version of Drop does not say. */
  features: z.array(z.enum(flagNames)).optional(),
  /** How long until the session ends, however it is used. An earlier version of Drop does not say. */
  sessionEndsInSeconds: z.int().optional(),
});

/** RFC 7636: SHA-256 of the app's verifier, base64url. */
export const newMobileSignInSchema = z.strictObject({
  appChallenge: z.string().regex(/^[\w-]{43}$/),
  /** Of BankID's pages; without it, as `Accept-Language` says. */
  language: z.enum(locales).optional(),
});
export const startedMobileSignInSchema = z.object({ authorizeUrl: z.url(), state: z.string() });

const appVerifier = z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/);

/** What the app got back: a ticket from Drop, or where BankID answers the app itself, what BankID said. */
export const mobileCallbackSchema = z.union([
  z.strictObject({ ticket: z.string().min(1).max(200), appVerifier }),
  z.strictObject({
    code: z.string().min(1).max(4_096),
    state: z.string().min(1).max(4_096),
    /** The issuer as BankID names it in its answer (RFC 9207); to be passed on where it is there. */
    iss: z.string().max(4_096).optional(),
    appVerifier,
  }),
]);
export const mobileSessionSchema = z.object({
  /** Opaque; to be sent as `Authorization: Bearer`. */
  token: z.string(),
  expiresAt: timestampSchema,
});

export type Me = z.output<typeof meSchema>;
