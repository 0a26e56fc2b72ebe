import { sql } from 'kysely';
import { breakersChannel } from './changes.ts';
import type { Queries } from './database.ts';

/** A breaker change that a process reports for a provider or one of its scopes. */
export interface BreakerNews {
  provider: string;
  /** Empty for the whole provider. */
  scope: string;
  state: 'open' | 'closed';
  /** How long it must not be called; 0 when closed. */
  openMs: number;
  /** The process that reports the change. */
  by: string;
}

/** Stores the change for processes that start later, and notifies the running ones. Times are the database's. */
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

/** The open breakers, and how much longer each stays open. */
export async function openBreakers(
  queries: Queries,
): Promise<Pick<BreakerNews, 'provider' | 'scope' | 'openMs'>[]> {
  return queries
    .selectFrom('provider_breakers')
    .select(['provider', 'scope'])
    .select(sql<number>`(extract(epoch from open_until - now()) * 1000)::double precision`.as('openMs'))
    .where('open_until', '>', sql<Date>`now()`)
    .orderBy('provider')
    .orderBy('scope')
    .limit(newsMax)
    .execute();
}
