import { randomInt } from 'node:crypto';
import { loadConfig, type Config } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import type { OddItems } from '#domain/odd-items.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import { createLiveServices } from './live.ts';
import { createMockServices, type MockServices } from './mocks.ts';
import type { ProviderDefinition } from './open-banking/definition.ts';
import { openBankingProviders } from './open-banking/providers.ts';
import type { OpenBankingRouting } from './open-banking/routing.ts';
import type { OutboundDependencies } from './outbounds.ts';
import type { ServicesByRole } from './services.ts';

/** Every external service that Drop uses, each behind its contract. */
export interface Services extends ServicesByRole {
  openBanking: OpenBankingRouting;
  /** Breaker state by provider, for health; empty where nothing is called. */
  breakers(): Record<string, string>;
  /** The guards of the providers that are called; none where nothing is. */
  outbounds(): readonly GuardedOutbound[];
  /** Delivers what is still to be sent, for at most `deadlineMs` milliseconds, and lets go of connections. */
  close(deadlineMs: number): Promise<void>;
}

export type ServiceLog = (message: string, details: Record<string, unknown>) => void;

/** What services are made of. `random` is also the seed of the mocks. */
export interface ServiceDependencies extends OutboundDependencies {
  config: Config;
  /** The open banking providers there are; those that the configuration was read for. */
  providers: readonly ProviderDefinition[];
  log: ServiceLog;
  /** Told of what of an answer could not be read and was left out. */
  onOddItems: (odd: OddItems) => void;
}

/** The mocks of this process that are not closed. */
const mocks = new Set<MockServices>();

/**
 * Makes the services, once, at start: the real clients, or the mocks where `NEXT_PUBLIC_SERVICE_MODE` is `mock`.
 * Nothing is called yet.
 *
 * @throws {DropError} `configuration_invalid`.
 */
export async function initializeServices(given: Partial<ServiceDependencies> = {}): Promise<Services> {
  const dependencies: ServiceDependencies = {
    config: given.config ?? loadConfig(),
    providers: given.providers ?? openBankingProviders,
    clock: given.clock ?? systemClock,
    dispatcher: given.dispatcher ?? createDispatcher(),
    log: given.log ?? (() => undefined),
    onAttempt: given.onAttempt ?? (() => undefined),
    onBreaker: given.onBreaker ?? (() => undefined),
    onOddItems: given.onOddItems ?? (() => undefined),
    tracing: given.tracing,
    random: given.random ?? (() => randomInt(2 ** 47) / 2 ** 47),
  };
  if (dependencies.config.NEXT_PUBLIC_SERVICE_MODE !== 'mock') return createLiveServices(dependencies);
  const made = await createMockServices(dependencies);
  mocks.add(made);
  const close = made.close;
  made.close = async (deadlineMs) => {
    mocks.delete(made);
    await close(deadlineMs);
  };
  return made;
}

/** Clears everything that the mocks of this process remember. */
export function resetMockServices(): void {
  for (const each of mocks) each.reset();
}
