import { sql } from 'kysely';
import { breakersChannel } from './changes.ts';
import type { Queries } from './database.ts';

/** What a process found out about a provider, or about a part of it. */
export interface BreakerNews {
  provider: string;
  /** Empty for all of the provider. */
  scope: string;
  state: 'open' | 'closed';
  /** How long it must not be asked; 0 when closed. */
  openMs: number;
  /** Which process says so. */
  by: string;
}

/** Keeps the news for processes that begin later, and tells those that run. Times are the database's. */
export async function announceBreaker(queries: Queries, news: BreakerNews): Promise<void> {
  const { provider, scope, state, openMs } = news;
  const openUntil = sql<Date>`now() + ${openMs} * interval '1 millisecond'`;
  if (state === 'open') {
    await queries
      .insertInto('provider_breakers')
      .values({ provider, scope, open_until: openUntil })
      .onConflict((conflict) =>
        conflict.columns(['provider', 'scope']).doUpdateSet({ open_until: openUntil }),
      )
      .execute();
  } else {
    const all = queries.deleteFrom('provider_breakers').where('provider', '=', provider);
    await all.where('scope', '=', scope).execute();
  }
  await sql`select pg_notify(${breakersChannel}, ${JSON.stringify(news)})`.execute(queries);
}

const newsMax = 512;

/** What must not be asked now, and for how much longer. */
export async function openBreakers(
  queries: Queries,
): Promise<Pick<BreakerNews, 'provider' | 'scope' | 'openMs'>[]> {
  return queries
    .selectFrom('provider_breakers')
    .select(['provider', 'scope'])
    .select(sql<number>`(extract(epoch from open_until - now()) * 1000)::double precision`.as('openMs'))
    .where('open_until', '>', sql<Date>`now()`)
    .limit(newsMax)
    .execute();
}

/** Reads what was announced; undefined where it makes no sense, e.g. to an older Drop. */
export function readBreakerNews(payload: string): BreakerNews | undefined {
  try {
    const news = JSON.parse(payload) as Partial<BreakerNews> | null;
    const { provider, scope, state, openMs, by } = news ?? {};
    if (typeof provider !== 'string' || typeof scope !== 'string' || typeof by !== 'string') return undefined;
    if (typeof openMs !== 'number' || (state !== 'open' && state !== 'closed')) return undefined;
    return { provider, scope, state, openMs, by };
  } catch {
    // A payload that is no JSON is none of ours.
    return undefined;
  }
}
