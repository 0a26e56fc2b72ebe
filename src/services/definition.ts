import type { z } from 'zod';
import type { Fault } from '#configuration/variables/fault.ts';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { assert } from '#domain/errors.ts';
import type { OddItems } from '#domain/odd-items.ts';
import type { UnexpectedAnswer } from '#domain/unexpected-answer.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import type { Outbound, OutboundOptions } from '#outbound/outbound.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import type { Integration } from './integration.ts';

import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';

/** How strict the rules are; `DROP_ENVIRONMENT`. */
export type DropEnvironment = 'production' | 'staging' | 'sandbox';

/** What a client says of the provider that it calls. */
export interface ServiceOutboundOptions extends Pick<OutboundOptions, 'origins' | 'failuresBeforeOpening'> {
  /** The guard's name: one of the definition's `guards`. */
  provider: string;
  /** Where the provider asks for a client certificate: it then gets connections of its own. */
  tls?: ClientTls | undefined;
  /**
   * Whether other processes hear when its breaker opens, which is the rule. Not where a stranger may name the address:
   * they would take the failure of that address for the failure of all that have this guard's name.
   */
  announcesBreaker?: boolean;
}

/** What every production client is made of, beside its variables. */
export interface ClientDependencies {
  clock: Clock;
  entropy: Entropy;
  createOutbound(options: ServiceOutboundOptions): Outbound;
  log(message: string, details: Record<string, unknown>): void;
  /** Counts what of an answer could not be read; see `createListReader`. */
  onOddItems?: ((odd: OddItems) => void) | undefined;
  /** Told of what of an answer its schema did not expect; for runs against a live provider. */
  onUnexpected?: ((unexpected: UnexpectedAnswer) => void) | undefined;
  /** Told of each attempt of a client that calls its provider by itself, in another protocol than HTTP. */
  onAttempt?: ((attempt: OutboundAttempt) => void) | undefined;
}

/** A client that calls its provider by itself, and so knows whether it answers. */
export interface SelfWatching {
  /** By the name of its guard: `open` while the provider does not answer. */
  breakerStates(): Record<string, 'open' | 'closed'>;
}

/** A client that holds something back for a moment. */
export interface Flushing {
  /** Delivers it, for at most `deadlineMs` milliseconds. Does not reject. */
  flush(deadlineMs: number): Promise<void>;
}

/** A mock, in process; its state is lost with the process. */
export type Mock<Service> = Service & {
  /** Forgets everything. */
  reset(): void;
};

/** A person of the sandbox to sign in as. The number is synthetic. */
export interface SandboxPerson {
  id: string;
  name: string;
  nationalIdentityNumber: string;
  /** `YYYY-MM-DD`. */
  birthdate: string;
  /** What will happen to them in Drop, for the one who chooses. */
  note: { nb: string; en: string };
  /**
   * `signs_in`: all is well. `cancels`: comes back with `access_denied`. `unavailable`: comes back with a code, but the
   * token endpoint answers 503. `number_missing`: signs in, but the ID token has no national identity number.
   */
  outcome: 'signs_in' | 'cancels' | 'unavailable' | 'number_missing';
}

/** What the sandbox is populated with, and where its app is. */
export interface SandboxWorld {
  /** Origin of Drop, e.g. `http://localhost:3000`. */
  appOrigin: string;
  /** The people to sign in as. Computed when asked for: a start does not wait for it. */
  people(): SandboxPerson[];
  /** The customers of the sandbox's banks. */
  bankCustomers: readonly SandboxBankCustomer[];
  /** The variables of Drop's configuration that the environment sets in the sandbox, too, such as `BANKID_PRESET`. */
  environment: Readonly<Record<string, string | undefined>>;
}

/** An emulator that runs, and how to use it. */
export interface StartedEmulator {
  emulator: Emulator;
  /** Told once every emulator runs what they all set, for an emulator that calls others. */
  connect?(environment: Readonly<Record<string, string>>): void;
  /** Ends what it listens to beside its HTTP server; absent where there is nothing. */
  close?(): Promise<void>;
  /** The variables that point the production client at it. */
  environment: Record<string, string>;
  /** What a person can look at under its address, if anything. */
  note?: string;
  /** What the service is for, on the page about the emulator. */
  about?: Record<'nb' | 'en', string>;
}

/** The facts of a configuration that the rules of one service depend on. */
export interface RuleCircumstances {
  environment: DropEnvironment;
  /** Whether all services are mocks. */
  isMock: boolean;
}

/** What a check found. */
export interface CheckVerdict {
  /** `skipped`: it could not be checked, and the text says why. */
  severity: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What is the case, without secrets and personal data. */
  text: string;
  /** What to do; absent where nothing is to be done. */
  advice?: string;
}

/** One check of a live service, for `drop doctor --online`. */
export interface ServiceCheck {
  /** The part of the service that is checked, such as `keys`; empty for the service as a whole. */
  subject: string;
  /**
   * Calls the service as the production client does, and changes nothing there. When `signal` aborts, the
   * verdict is not needed any more.
   *
   * @throws {DropError} as the client does; its message and code become the verdict.
   */
  run(signal: AbortSignal): Promise<CheckVerdict>;
}

/** What services and bank providers have in common; configuration, sandbox, documents and tests derive from it. */
export interface DefinitionCore<Variables extends z.ZodObject = z.ZodObject> {
  /** In small letters, words joined by hyphens. Also the name of its guard and of its emulator. */
  readonly id: string;
  readonly displayName: string;
  /** The environment variables that it reads, each declared by `variablesOf`. */
  readonly variables: Variables;
  /** What `docs/integrations.md` says of it. */
  readonly integration: Integration;
  /** The rules between its variables. What is missing is found without them. */
  rules?(values: z.output<Variables>, circumstances: RuleCircumstances): Fault[];
  /** The names of its guards in health, metrics and recorded calls; its id alone unless listed here. */
  readonly guards?: readonly string[];
  /** The fields of bodies that are kept for the operator, by operation; none unless named. */
  readonly recorded?: RecordedFields;
}

/**
 * Everything about one external service, and its folder's entry in `src/services/services.ts`. The production client
 * is imported by the definition; mock and emulator are imported when they are made, so that a start does not load them.
 */
export interface ServiceDefinition<
  Variables extends z.ZodObject = z.ZodObject,
  Service = unknown,
> extends DefinitionCore<Variables> {
  /** The variables that only commands of the operator read; production refuses their secrets where Drop runs. */
  readonly commandVariables?: z.ZodObject;
  /** Whether the mock stands in for the client although the other services are live. */
  isMocked?(values: z.output<Variables>): boolean;
  /** The production client. Calls nothing yet. Absent where there is a mock only, whatever else is live. */
  createClient?(
    values: z.output<Variables>,
    dependencies: ClientDependencies & { environment: DropEnvironment; baseUrl: string },
  ): Service | (Service & Flushing);
  /** Checks of the live service; none where it is not configured. Absent where nothing can be checked. */
  checks?(
    values: z.output<Variables>,
    dependencies: ClientDependencies & { environment: DropEnvironment },
  ): readonly ServiceCheck[];
  /** In process, deterministic from the seed, without a network. */
  createMock(values: z.output<Variables>, dependencies: MockDependencies): Promise<Mock<Service>>;
  /** Speaks the service's wire protocol. Absent where there is no client that could call it. */
  createEmulator?(context: EmulatorContext, world: SandboxWorld): Promise<StartedEmulator>;
}

export interface MockDependencies {
  /** Where Drop is reached, without a path. */
  baseUrl: string;
  clock: Clock;
  entropy: Entropy;
  seed: number;
}

/** The names of a definition's guards. */
export function guardsOf({ id, guards = [id] }: Pick<DefinitionCore, 'id' | 'guards'>): readonly string[] {
  return guards;
}

/** A required variable, which was found to be set when the configuration was read. */
export function configured<Values extends object, Name extends keyof Values & string>(
  values: Values,
  name: Name,
): NonNullable<Values[Name]> {
  const value = values[name];
  assert(value !== undefined && value !== null, `${name} was checked when the configuration was read`);
  return value;
}
