import type { Dispatcher } from 'undici';
import type { Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { BreakerChange } from '#outbound/breakers.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import { createOutbound, createTlsDispatcher } from './guarded-call.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import type { CallTracing } from '#outbound/tracing.ts';
import { guardsOf, type DefinitionCore, type ServiceOutboundOptions } from './definition.ts';

/** What the guards of all services share. */
export interface OutboundDependencies {
  clock: Clock;
  dispatcher: Dispatcher;
  /** Told of every attempt, with what may be kept of its bodies. */
  onAttempt: (attempt: OutboundAttempt, recorded: RecordedFields) => void;
  /** Told when a breaker opens, probes or closes by what this process saw. */
  onBreaker: (change: BreakerChange) => void;
  /** Makes spans of calls; absent where nothing is traced. */
  tracing: CallTracing | undefined;
  /** 0–1. */
  random: () => number;
}

/** One guard per name, made as the clients ask for them. */
export interface Outbounds {
  create(definition: DefinitionCore, options: ServiceOutboundOptions): GuardedOutbound;
  all(): readonly GuardedOutbound[];
  breakers(): Record<string, string>;
  /** Lets go of connections. */
  close(): Promise<void>;
}

export function createOutbounds(dependencies: OutboundDependencies): Outbounds {
  const { dispatcher: shared, onAttempt, onBreaker, ...given } = dependencies;
  const dispatchers = [shared];
  const made = new Map<string, GuardedOutbound>();
  return {
    create(definition, { tls, announcesBreaker = true, ...options }) {
      const { provider } = options;
      assert(guardsOf(definition).includes(provider), `${provider} is among the guards of ${definition.id}`);
      const dispatcher = tls ? createTlsDispatcher(tls) : shared;
      if (tls) dispatchers.push(dispatcher);
      const recorded = definition.recorded ?? {};
      const outbound = createOutbound({
        ...options,
        ...given,
        dispatcher,
        ...(announcesBreaker && { onBreaker }),
        onAttempt: (attempt) => onAttempt(attempt, recorded),
      });
      made.set(provider, outbound);
      return outbound;
    },
    all: () => [...made.values()],
    breakers: () =>
      Object.fromEntries([...made].map(([provider, outbound]) => [provider, outbound.breakerState])),
    async close() {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
    },
  };
}
