import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound, type GuardedOutbound } from '#outbound/outbound.ts';
import type { ServiceDependencies } from './index.ts';
import type { ProviderOutboundOptions } from './open-banking/definition.ts';

/** One guard per provider, made as the clients ask for them. */
export function outboundFactory(dependencies: ServiceDependencies): {
  create(options: ProviderOutboundOptions): GuardedOutbound;
  outbounds(): readonly GuardedOutbound[];
  breakers(): Record<string, string>;
  /** Lets go of connections. */
  close(): Promise<void>;
} {
  const dispatchers = [dependencies.dispatcher];
  const made = new Map<string, GuardedOutbound>();
  return {
    create({ tls, announcesBreaker = true, ...options }) {
      const dispatcher = tls ? createDispatcher(tls) : dependencies.dispatcher;
      if (tls) dispatchers.push(dispatcher);
      const { clock, onAttempt, onBreaker, random, tracing } = dependencies;
      const outbound = createOutbound({
        ...options,
        clock,
        dispatcher,
        random,
        tracing,
        ...(announcesBreaker && { onBreaker }),
        onAttempt: (attempt) => onAttempt(attempt, options.recorded ?? {}),
      });
      made.set(options.provider, outbound);
      return outbound;
    },
    outbounds: () => [...made.values()],
    breakers: () =>
      Object.fromEntries([...made].map(([provider, outbound]) => [provider, outbound.breakerState])),
    async close() {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
    },
  };
}
