import type { EmulatorContext } from '#emulation/emulator.ts';
import type { AuthorizationRequest } from './authorize.ts';
import type { Bend, DiscoveryBend } from './bend.ts';
import type { RegisteredClient } from './client-authentication.ts';
import type { KeyRing } from './keys.ts';
import type { OneTimeStore } from './one-time-store.ts';
import type { BankIdPerson } from './person.ts';
import type { SingleUse } from './single-use.ts';
import type { Grant } from './token.ts';

export interface BankIdEmulatorOptions extends RegisteredClient {
  redirectUris: string[];
  people: BankIdPerson[];
  /** Claims that hold the national identity number; BankID has `nnin_altsub`, ID-porten `pid`. */
  nationalIdentityClaims?: readonly string[];
  /** Whether authorization requests are taken by the endpoint for pushed ones only (RFC 9126). */
  requirePushedRequests?: boolean;
}

/** All that the routes share. */
export interface EmulatorState {
  context: EmulatorContext;
  options: BankIdEmulatorOptions;
  issuer: string;
  keys: KeyRing;
  pending: OneTimeStore<AuthorizationRequest>;
  codes: OneTimeStore<Grant>;
  pushed: OneTimeStore<URLSearchParams>;
  usedAssertions: SingleUse;
  /** Requests by operation, those that a fault struck included. */
  requests: Map<string, number>;
  nextBend: Bend;
  discoveryBend: DiscoveryBend;
}
