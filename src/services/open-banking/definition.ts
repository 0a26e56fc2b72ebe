import type { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { UnansweredAtProvider } from '#domain/payment/conclusion.ts';
import type { Secret } from '#domain/secret.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import type {
  ClientDependencies,
  DefinitionCore,
  Mock,
  ServiceCheck,
  StartedEmulator,
} from '#services/definition.ts';
import type { OpenBankingProvider } from './service.ts';

/** What every provider is given, from variables that derive from its id. It declares what it needs beyond them. */
export interface OpenBankingCredentials {
  clientId: string;
  clientSecret: Secret;
  callbackUrl: string;
  /** One, or two during a rotation; none where it has none. They are changed in place when they rotate. */
  webhookSecrets: Secret[];
  /** For connections to the provider, where it asks for a client certificate or is vouched for by its own authority. */
  tls: ClientTls | undefined;
}

export interface ProviderDependencies extends ClientDependencies {
  credentials: OpenBankingCredentials;
  /** Where Drop takes this provider's webhooks; signatures may cover the address. */
  webhookUrl: string;
}

/** What an emulator of a provider is given. */
export interface ProviderEmulatorOptions {
  customers: readonly SandboxBankCustomer[];
  callbackUrl: string;
  /** Where Drop takes this provider's webhooks. */
  webhookUrl: string;
}

/** What a payment institution may do (ETSI TS 119 495, 4.5): initiate payments, read accounts. */
export type Psd2Role = 'PSP_PI' | 'PSP_AI';

/** A certificate that Drop shows to a provider. */
export interface ShownCertificate {
  /** The variable that gives it. */
  variable: string;
  /** In PEM, with what vouches for it, if that is shown too. */
  pem: string;
}

/** Forgets every consent and payment when it is reset. */
export type MockOpenBankingProvider = Mock<OpenBankingProvider>;

/**
 * Everything about one provider, and its folder's only export. Whatever can be derived from this is: the list of ids,
 * configuration, the emulator in the sandbox, the conformance suite.
 *
 * `Variables` are the environment variables it reads beyond its credentials, whose names derive from its id; every one
 * has a default or is optional, since a provider without credentials is not live. One that is `required` is required
 * where the provider is live.
 */
export interface ProviderDefinition<
  Variables extends z.ZodObject = z.ZodObject,
  Id extends string = string,
> extends DefinitionCore<Variables> {
  readonly id: Id;
  /**
   * The problem with a `CLIENT_SECRET` that cannot be one, as the end of a sentence that begins with the variable's
   * name. It fails the start. Absent where any text may be a secret.
   */
  clientSecretProblem?(secret: Secret): string | undefined;
  /**
   * The certificates that it shows beside that of its connections: a start checks them, and their end is watched.
   * Absent where there are none.
   */
  certificates?(variables: z.output<Variables>): readonly ShownCertificate[];
  /** The roles of a payment institution that all its certificates must name; absent where nobody looks for them. */
  readonly certificateRoles?: readonly Psd2Role[];
  /** How it is concluded what became of an order without an answer; as `PaymentInitiation` has it. */
  readonly unanswered: UnansweredAtProvider;
  /** The production client. */
  createClient(variables: z.output<Variables>, dependencies: ProviderDependencies): OpenBankingProvider;
  /** Checks of the live provider; absent where listing its banks is a call that shows whether Drop is known there. */
  checks?(variables: z.output<Variables>, dependencies: ProviderDependencies): readonly ServiceCheck[];
  /**
   * In process, deterministic, no network; state is lost with the process. The order of a payment says how it ends:
   * "avvis" in the creditor's name or the text is rejected by the bank, an amount that ends in 13 øre is cancelled by
   * the customer, one larger than the balance is rejected for want of funds (`AM04`), all else settles.
   */
  createMock(dependencies: {
    clock: Clock;
    entropy: Entropy;
    callbackUrl: string;
    seed: number;
  }): Promise<MockOpenBankingProvider>;
  /**
   * Speaks the provider's wire protocol. Also says which environment points the production client at it, its
   * credentials as `OPENBANKING_…`. On its banks' pages the buttons that answer have the values `approve`, `cancel` and
   * `reject`, and elsewhere the first button goes on; among its actions are `expire_consents`, `revoke_consents`,
   * `hold_webhooks`, `release_webhooks`, `duplicate_webhooks` and `corrupt_webhooks`. The conformance suite relies on
   * both.
   */
  createEmulator(context: EmulatorContext, options: ProviderEmulatorOptions): Promise<StartedEmulator>;
}

/** Keeps the types of the id and the variables while checking the rest. */
export function defineProvider<Variables extends z.ZodObject, const Id extends string>(
  definition: ProviderDefinition<Variables, Id>,
): ProviderDefinition<Variables, Id> {
  return definition;
}
