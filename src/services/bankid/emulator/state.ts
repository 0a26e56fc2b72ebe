import type { EmulatorContext } from '#emulation/emulator.ts';
import type { AuthorizationRequest } from './authorize.ts';
import type { Override, CallbackOverride, DiscoveryOverride, UserinfoOverride } from './override.ts';
import type { RegisteredClient } from './client-authentication.ts';
import { issuers, type IssuerName, type IssuerProfile } from './issuers.ts';
import type { KeyRing } from './keys.ts';
import type { OneTimeStore } from './one-time-store.ts';
import type { SingleUse } from './single-use.ts';
import type { BankIdPerson } from './person.ts';
import type { Grant } from './token.ts';

/** The issuer that is imitated. */
export interface Imitated {
  issuer: IssuerName;
  /** Whether number and name are in the ID token, or in the answer of userinfo alone; by default as at the issuer. */
  identitySource?: 'id_token' | 'userinfo' | undefined;
}

/** The client is the one that is registered from the start. */
export interface BankIdEmulatorOptions extends RegisteredClient {
  people: BankIdPerson[];
  /** BankID by default. */
  imitated?: Imitated;
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
  imitated: Imitated;
  clients: Map<string, RegisteredClient>;
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
  /** Whose sign-in the next one is, without the page to choose. */
  nextPerson: BankIdPerson | undefined;
  discoveryBend: DiscoveryOverride;
}

export function profileOf({ imitated }: EmulatorState): IssuerProfile {
  const profile = issuers[imitated.issuer];
  return { ...profile, identitySource: imitated.identitySource ?? profile.identitySource };
}
