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
  /** Whether authorization requests must be pushed (RFC 9126). */
  requirePushedRequests?: boolean;
}

/** An open page for choosing a person. */
export interface Page {
  request: AuthorizationRequest;
  /** The name of the pushed request that it belongs to. */
  pushedName: string | undefined;
}

/** The access that a token grants. */
export interface Access {
  person: BankIdPerson;
  scope: readonly string[];
}

/** The state that the routes share. */
export interface EmulatorState {
  context: EmulatorContext;
  options: BankIdEmulatorOptions;
  issuer: string;
  keys: KeyRing;
  pending: OneTimeStore<Page>;
  codes: OneTimeStore<Grant>;
  /** Pushed and not opened yet. */
  pushed: OneTimeStore<URLSearchParams>;
  /** Opened and not answered yet, under the same names, so that a page can be reloaded. */
  visited: OneTimeStore<URLSearchParams>;
  usedAssertions: SingleUse;
  /** The number of requests by operation, including those with injected faults. */
  requests: Map<string, number>;
  /** Access tokens that userinfo accepts. */
  accessTokens: OneTimeStore<Access>;
  nextOverride: Override;
  nextUserinfoBend: UserinfoOverride;
  nextCallbackBend: CallbackOverride;
  discoveryBend: DiscoveryOverride;
}
