import type { Entropy } from '#domain/entropy.ts';
import type { BreakerChange } from '#outbound/breakers.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import type { Log } from '#usecases/context.ts';
import type { Store } from '#store/database.ts';
import { announceBreaker, openBreakers, type BreakerNews } from '#store/provider-breakers.ts';

/** Shares breaker changes between the processes of one Drop, so that each need not spend five failures on its own. */
export interface BreakerSync {
  /** Sends a change to the other processes. Neither throws nor waits: without a database each process works alone. */
  publish(change: BreakerChange): void;
  /** Applies a change that another process published. */
  receive(news: BreakerNews): void;
  /** Applies the changes that were published while this process was not listening. */
  catchUp(): void;
}

/** The other processes wait a little longer, so that one of them probes and not all at once. */
const jitterMsMax = 1_000;

export function createBreakerSync(options: {
  store: Store;
  outbounds: () => readonly GuardedOutbound[];
  entropy: Entropy;
  /** Called when a breaker of this process has opened; `scope` is empty for the whole provider. */
  onOpen?: (opened: { provider: string; scope: string }) => void;
  log?: Log;
}): BreakerSync {
  const { store, outbounds, entropy, onOpen, log = () => undefined } = options;
  const own = entropy.uuid();

  function apply({ provider, scope, state, openMs }: Omit<BreakerNews, 'by'>): void {
    const change = {
      scope: scope === '' ? undefined : scope,
      state,
      openMs: openMs + Math.round(entropy.fraction() * jitterMsMax),
    };
    outbounds()
      .filter((outbound) => outbound.provider === provider)
      .forEach((outbound) => outbound.learn(change));
  }

  return {
    publish({ provider, scope = '', state, openMs }) {
      if (state === 'half_open') return;
      const concerned = { provider, ...(scope !== '' && { scope }) };
      if (state === 'open') log('warn', 'a breaker opened', { ...concerned, openMs });
      else log('info', 'a breaker closed', concerned);
      if (state === 'open') onOpen?.({ provider, scope });
      const news = { provider, scope, state, openMs: state === 'open' ? openMs : 0, by: own };
      announceBreaker(store.database, news).catch(() => undefined);
    },
    receive(news) {
      if (news.by !== own) apply(news);
    },
    catchUp() {
      openBreakers(store.database)
        .then((open) => open.forEach((each) => apply({ ...each, state: 'open' })))
        .catch(() => undefined);
    },
  };
}
