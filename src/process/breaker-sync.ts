import type { Entropy } from '#domain/entropy.ts';
import type { BreakerChange } from '#outbound/breakers.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import type { Store } from '#store/database.ts';
import { announceBreaker, openBreakers, type BreakerNews } from '#store/provider-breakers.ts';

/** Lets the processes of one Drop know what one of them found out, so that each need not spend five failures on it. */
export interface BreakerSync {
  /** Tells the others. Neither throws nor waits: without a database everything is as it is for one process alone. */
  tell(change: BreakerChange): void;
  /** What another process tells. */
  hear(news: BreakerNews): void;
  /** Reads what was told while nobody listened here. */
  catchUp(): void;
}

/** The others wait a little longer, so that one probes and not all at once. */
const jitterMsMax = 1_000;

export function createBreakerSync(options: {
  store: Store;
  outbounds: () => readonly GuardedOutbound[];
  entropy: Entropy;
}): BreakerSync {
  const { store, outbounds, entropy } = options;
  const own = entropy.uuid();

  function learn({ provider, scope, state, openMs }: Omit<BreakerNews, 'by'>): void {
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
    tell({ provider, scope = '', state, openMs }) {
      if (state === 'half_open') return;
      const news = { provider, scope, state, openMs: state === 'open' ? openMs : 0, by: own };
      announceBreaker(store.database, news).catch(() => undefined);
    },
    hear(news) {
      if (news.by !== own) learn(news);
    },
    catchUp() {
      openBreakers(store.database)
        .then((open) => open.forEach((each) => learn({ ...each, state: 'open' })))
        .catch(() => undefined);
    },
  };
}
