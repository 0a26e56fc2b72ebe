import type { Secret } from '#domain/secret.ts';

/** Where an issuer provides the national identity number (OpenID Connect Core 1.0, sections 2 and 5.3). */
export const identitySources = ['id_token', 'userinfo'] as const;
export type IdentitySource = (typeof identitySources)[number];

/** The issuer, and Drop's registration there. */
export interface BankIdOptions {
  /** Must equal the `iss` claim, e.g. `https://auth.bankid.no/auth/realms/prod`. */
  issuer: string;
  /** Take precedence over discovery. When all three are given, discovery is not used. */
  authorizeUrl?: string | undefined;
  tokenUrl?: string | undefined;
  jwksUrl?: string | undefined;
  /** Used when the number comes from userinfo; takes precedence over discovery. */
  userinfoUrl?: string | undefined;
  clientId: string;
  clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** For the secret methods. */
  clientSecret?: Secret | undefined;
  /**
   * For `private_key_jwt`: PEM, PKCS #8, P-256 or RSA of at least 2048 bits; `privateKeyId` is its `kid` as registered
   * at the issuer.
   */
  privateKey?: Secret | undefined;
  privateKeyId?: string | undefined;
  /** The audience of the assertion of `private_key_jwt`; default: the token endpoint. */
  assertionAudience?: 'token_endpoint' | 'issuer' | undefined;
  /** Whether requests are pushed (RFC 9126). The default `auto` pushes when the issuer's metadata offers it. */
  pushedAuthorization?: 'auto' | 'always' | 'never' | undefined;
  /** Default: the ID token. */
  identitySource?: IdentitySource | undefined;
  /** The claims that may contain the national identity number; the first one present is used. */
  nationalIdentityClaims: readonly string[];
  /** Separated by spaces, e.g. `openid profile nnin_altsub`. */
  scope: string;
  /** The authentication context classes to request; the weakest of them is the minimum. */
  acrValues?: readonly string[] | undefined;
  /** The maximum age of the customer's authentication at the issuer; unlimited by default. */
  maxAgeSeconds?: number | undefined;
  /** Whether Skatteetaten's synthetic people (Tenor) may sign in; never in production. */
  acceptSynthetic: boolean;
  /** Whether plain HTTP is allowed, to loopback addresses only. */
  allowInsecureLoopback: boolean;
}

/**
 * The claims in which issuers provide the national identity number: ID-porten (`pid`), BankID itself (`nnin_altsub`,
 * and `sub_nnin` on its newest test platform), Signicat and Vipps (`nin`), Idura (`socialno`).
 */
export const nationalIdentityClaimsDefault = ['pid', 'nnin_altsub', 'sub_nnin', 'nin', 'socialno'] as const;
