import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** How many webhooks of a provider were accepted, and refused for their signature. */
export interface WebhookTally {
  provider: string;
  accepted: number;
  refused: number;
}

/** Adds what a process counted to the minute of `at`: one statement, whatever was counted. */
export async function addTallies(
  queries: Queries,
  tallies: readonly WebhookTally[],
  at: Date,
): Promise<void> {
  const minute = sql<Date>`date_trunc('minute', ${at}::timestamptz)`;
  await queries
    .insertInto('webhook_tallies')
    .values(tallies.map((tally) => ({ ...tally, minute })))
    .onConflict((conflict) =>
      conflict.columns(['provider', 'minute']).doUpdateSet({
        accepted: sql`webhook_tallies.accepted + excluded.accepted`,
        refused: sql`webhook_tallies.refused + excluded.refused`,
      }),
    )
    .execute();
}

/** What all processes counted after `since`, by provider. */
export async function talliesSince(queries: Queries, since: Date): Promise<WebhookTally[]> {
  const { rows } = await sql<WebhookTally>`
    select provider, sum(accepted)::integer as accepted, sum(refused)::integer as refused
    from webhook_tallies where minute > ${since} group by provider
  `.execute(queries);
  return rows;
}

/** Deletes what was counted before `before`. */
export async function purgeTallies(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('webhook_tallies').where('minute', '<', before).execute();
}
