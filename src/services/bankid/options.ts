import type { Secret } from '#domain/secret.ts';

/** Where an issuer puts the national identity number (OpenID Connect Core 1.0, sections 2 and 5.3). */
export const identitySources = ['id_token', 'userinfo'] as const;
export type IdentitySource = (typeof identitySources)[number];

/** What the client must know of the issuer and of Drop's registration there. */
export interface BankIdOptions {
  /** Exactly as in the `iss` claim, e.g. `https://auth.bankid.no/auth/realms/prod`. */
  issuer: string;
  /** Take precedence over discovery; when all three are given, discovery is never asked. */
  authorizeUrl?: string | undefined;
  tokenUrl?: string | undefined;
  jwksUrl?: string | undefined;
  /** Where the number is borne by userinfo; takes precedence over discovery. */
  userinfoUrl?: string | undefined;
  clientId: string;
  clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** For the secret methods. */
  clientSecret?: Secret | undefined;
  /** For `private_key_jwt`: PEM, PKCS #8, P-256 or RSA of at least 2048 bits; its `kid` as registered at the issuer. */
  privateKey?: Secret | undefined;
  privateKeyId?: string | undefined;
  /** What the assertion of `private_key_jwt` is addressed to; the token endpoint unless said otherwise. */
  assertionAudience?: 'token_endpoint' | 'issuer' | undefined;
  /** Whether requests are pushed (RFC 9126); `auto`, unless said otherwise: where the issuer's metadata offers it. */
  pushedAuthorization?: 'auto' | 'always' | 'never' | undefined;
  /** The ID token, unless said otherwise. */
  identitySource?: IdentitySource | undefined;
  /** The claims that may hold the national identity number; the first one present counts. */
  nationalIdentityClaims: readonly string[];
  /** Separated by spaces, e.g. `openid profile nnin_altsub`. */
  scope: string;
  /** The authentication context classes asked for; the weakest of them is the least that is accepted. */
  acrValues?: readonly string[] | undefined;
  /** How long ago the person may have authenticated at the issuer; no matter when, unless said. */
  maxAgeSeconds?: number | undefined;
  /** Whether Skatteetaten's synthetic people (Tenor) may sign in; never in production. */
  acceptSynthetic: boolean;
  /** Whether plain HTTP is allowed, to loopback addresses only. */
  allowInsecureLoopback: boolean;
}

/**
 * Where issuers put the national identity number: ID-porten (`pid`), BankID itself (`nnin_altsub`, and `sub_nnin` on
 * its newest test platform), Signicat and Vipps (`nin`), Idura (`socialno`).
 */
export const nationalIdentityClaimsDefault = ['pid', 'nnin_altsub', 'sub_nnin', 'nin', 'socialno'] as const;
