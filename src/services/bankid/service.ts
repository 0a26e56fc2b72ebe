import type { Locale } from '#domain/locale.ts';
import type { Secret } from '#domain/secret.ts';

/** The data to keep from the start of a sign-in until the customer returns; used once. */
export interface SignInTransaction {
  /** Opaque; identifies the transaction in the callback (RFC 6749, 10.12). */
  state: string;
  /** Bound into the ID token (OpenID Connect Core, 3.1.2.1). */
  nonce: string;
  /** The secret of PKCE S256 (RFC 7636). */
  codeVerifier: string;
  /** Sent again unchanged when the code is exchanged. */
  redirectUri: string;
}

export interface SignInStart {
  authorizeUrl: string;
  transaction: SignInTransaction;
}

/** A person identified by BankID. The number is hashed and then discarded; it is never stored or logged. */
export interface VerifiedIdentity {
  issuer: string;
  /** BankID's stable identifier of the person at this client, not the national identity number. */
  subject: string;
  nationalIdentityNumber: Secret;
  /** Empty when the issuer does not provide it. */
  name: string;
  /** The verified `birthdate` claim, `YYYY-MM-DD`; preferred over the date in the number. */
  birthdate: string | undefined;
  /** Authentication context class as reported, e.g. `urn:bankid:bid;LOA=4`. */
  acr: string | undefined;
}

/**
 * BankID as a relying party sees it: OpenID Connect, authorization code with PKCE.
 * Sources: BankID OIDC provider documentation (API version 4), OpenID Connect Core 1.0, RFC 7636, RFC 9700.
 */
export interface BankId {
  /**
   * Returns the URL to send the customer to, and the transaction to keep until the customer returns.
   *
   * @throws {DropError} `sign_in_unavailable` when BankID's metadata cannot be fetched, or a pushed request is not
   * accepted.
   */
  startSignIn(request: { redirectUri: string; locale: Locale }): Promise<SignInStart>;

  /**
   * Judges the callback's query parameters against the transaction, exchanges the code once and verifies the ID token:
   * signature, issuer, audience, times, nonce, identity claim.
   *
   * @throws {DropError} `sign_in_state_mismatch`, `sign_in_cancelled`, `sign_in_expired`,
   * `sign_in_code_exchange_failed`, `sign_in_token_invalid`, `sign_in_unavailable`.
   */
  completeSignIn(parameters: URLSearchParams, transaction: SignInTransaction): Promise<VerifiedIdentity>;
}
