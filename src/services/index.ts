import { randomInt } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';
import type { OddItems } from '#domain/odd-items.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { BreakerChange } from '#outbound/breakers.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import type { CallTracing } from '#outbound/tracing.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { loadConfig, type Config } from '#configuration/config.ts';
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
  /** The guards of the providers that are called; none where nothing is. */
  outbounds(): readonly GuardedOutbound[];
  /** Delivers what is still to be sent, for at most `deadlineMs` milliseconds, and lets go of connections. */
  close(deadlineMs: number): Promise<void>;
}

export type ServiceLog = (message: string, details: Record<string, unknown>) => void;

export interface ServiceDependencies {
  config: Config;
  clock: Clock;
  dispatcher: Dispatcher;
  log: ServiceLog;
  /** Told of every attempt, with what may be kept of its bodies. */
  onAttempt: (attempt: OutboundAttempt, recorded: RecordedFields) => void;
  /** Told when a breaker opens, probes or closes by what this process saw. */
  onBreaker: (change: BreakerChange) => void;
  /** Told of what of an answer could not be read and was left out. */
  onOddItems: (odd: OddItems) => void;
  /** Makes spans of calls; absent where nothing is traced. */
  tracing: CallTracing | undefined;
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
    dispatcher: given.dispatcher ?? createDispatcher(),
    log: given.log ?? (() => undefined),
    onAttempt: given.onAttempt ?? (() => undefined),
    onBreaker: given.onBreaker ?? (() => undefined),
    onOddItems: given.onOddItems ?? (() => undefined),
    tracing: given.tracing,
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
