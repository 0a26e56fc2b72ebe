import { randomInt } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';
import { createOutbound, type Outbound, type OutboundAttempt } from '#outbound/outbound.ts';
import { defaultDispatcher } from '#outbound/dispatcher.ts';
import { loadConfig, type Config } from '#config';
import { createLiveServices } from './live.ts';
import { createMockServices, type MockServices } from './mocks.ts';
import type { BankId } from './bankid/service.ts';
import type { OpenBankingRouting } from './open-banking/routing.ts';
import type { Alerts } from './slack/service.ts';
import type { Sumsub } from './sumsub/service.ts';

/** Every external service that Drop uses, each behind its contract. */
export interface Services {
  bankId: BankId;
  sumsub: Sumsub;
  openBanking: OpenBankingRouting;
  alerts: Alerts;
  /** Breaker state by provider, for health; empty where nothing is called. */
  breakers(): Record<string, string>;
  /** Delivers what is still to be sent, for at most `deadlineMs` milliseconds, and lets go of connections. */
  close(deadlineMs: number): Promise<void>;
}

export type ServiceLog = (message: string, details: Record<string, unknown>) => void;

export interface ServiceDependencies {
  config: Config;
  clock: Clock;
  dispatcher: Dispatcher;
  log: ServiceLog;
  onAttempt: (attempt: OutboundAttempt) => void;
  /** 0–1: jitter, and the seed of the mocks. */
  random: () => number;
}

let mocks: MockServices | undefined;

/**
 * Makes the services, once, at start: the real clients, or the mocks where `NEXT_PUBLIC_SERVICE_MODE` is `mock`.
 * Nothing is called yet.
 *
 * @throws {DropError} `configuration_invalid`.
 */
export async function initializeServices(given: Partial<ServiceDependencies> = {}): Promise<Services> {
  const dependencies: ServiceDependencies = {
    config: given.config ?? loadConfig(),
    clock: given.clock ?? systemClock,
    dispatcher: given.dispatcher ?? defaultDispatcher(),
    log: given.log ?? (() => undefined),
    onAttempt: given.onAttempt ?? (() => undefined),
    random: given.random ?? (() => randomInt(2 ** 47) / 2 ** 47),
  };
  if (dependencies.config.NEXT_PUBLIC_SERVICE_MODE !== 'mock') return createLiveServices(dependencies);
  mocks = createMockServices(dependencies);
  return mocks;
}

/** Clears everything that the mocks remember. */
export function resetMockServices(): void {
  mocks?.reset();
}

/** One guard per provider, made as the clients ask for them. */
export function outboundFactory(dependencies: ServiceDependencies): {
  create(options: { provider: string; origins: readonly string[] }): Outbound;
  breakers(): Record<string, string>;
} {
  const made = new Map<string, Outbound>();
  return {
    create(options) {
      const { clock, dispatcher, onAttempt, random } = dependencies;
      const outbound = createOutbound({ ...options, clock, dispatcher, onAttempt, random });
      made.set(options.provider, outbound);
      return outbound;
    },
    breakers: () =>
      Object.fromEntries([...made].map(([provider, outbound]) => [provider, outbound.breakerState])),
  };
}
