import type { EmulatorContext } from '#emulation/emulator.ts';
import type { AuthorizationRequest } from './authorize.ts';
import type { Override, CallbackOverride, DiscoveryOverride, UserinfoOverride } from './override.ts';
import type { RegisteredClient } from './client-authentication.ts';
import type { KeyRing } from './keys.ts';
import type { OneTimeStore } from './one-time-store.ts';
import type { SingleUse } from './single-use.ts';
import type { BankIdPerson } from './person.ts';
import type { Grant } from './token.ts';

export interface BankIdEmulatorOptions extends RegisteredClient {
  redirectUris: string[];
  people: BankIdPerson[];
  /** Claims that hold the national identity number; BankID has `nnin_altsub`, ID-porten `pid`. */
  nationalIdentityClaims?: readonly string[];
  /** Whether number and name are in the ID token (the default), or in the answer of userinfo alone. */
  identitySource?: 'id_token' | 'userinfo' | undefined;
  /** Whether authorization requests are taken by the endpoint for pushed ones only (RFC 9126). */
  requirePushedRequests?: boolean;
}

/** A person picker that somebody looks at. */
export interface Page {
  request: AuthorizationRequest;
  /** Of the pushed request that it is for. */
  pushedName: string | undefined;
}

/** What an access token is good for. */
export interface Access {
  person: BankIdPerson;
  scope: readonly string[];
}

/** All that the routes share. */
export interface EmulatorState {
  context: EmulatorContext;
  options: BankIdEmulatorOptions;
  issuer: string;
  keys: KeyRing;
  pending: OneTimeStore<Page>;
  codes: OneTimeStore<Grant>;
  /** Pushed and not visited yet. */
  pushed: OneTimeStore<URLSearchParams>;
  /** Visited and not answered yet, under the same names: a page that is loaded again must work. */
  visited: OneTimeStore<URLSearchParams>;
  usedAssertions: SingleUse;
  /** Requests by operation, those that a fault struck included. */
  requests: Map<string, number>;
  /** Access tokens that userinfo takes. */
  accessTokens: OneTimeStore<Access>;
  nextOverride: Override;
  nextUserinfoBend: UserinfoOverride;
  nextCallbackBend: CallbackOverride;
  discoveryBend: DiscoveryOverride;
}
