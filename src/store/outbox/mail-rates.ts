import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/**
 * Takes one of the attempts that all processes together may make at a mail server in the second of `at`. False if none
 * is left.
 */
export async function takeMailAttempt(
  queries: Queries,
  { server, at, perSecondMax }: { server: string; at: Date; perSecondMax: number },
): Promise<boolean> {
  const second = new Date(Math.floor(at.getTime() / 1_000) * 1_000);
  const { rows } = await sql`
    insert into mail_rates (server, second, attempts) values (${server}, ${second}, 1)
    on conflict (server, second) do update set attempts = mail_rates.attempts + 1
      where mail_rates.attempts < ${perSecondMax}
    returning attempts
  `.execute(queries);
  return rows.length > 0;
}

/** Deletes the counts of seconds before `before`. */
export async function purgeMailRates(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('mail_rates').where('second', '<', before).execute();
}
