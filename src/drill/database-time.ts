import pg from 'pg';
import type { Clock } from '#domain/clock.ts';

const followMs = 5_000;

/**
 * Lets `now()` of the database at `url` follow `clock`, before Drop's tables are made: a function of that name in the
 * schema `public` hides PostgreSQL's own. Returns what ends it.
 */
export async function followClock(url: string, clock: Clock): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'drop drill' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query('create table drill_time (at timestamptz not null)');
  await client.query('insert into drill_time values ($1)', [clock.now()]);
  await client.query(
    `create function public.now() returns timestamptz language sql stable
     as 'select at from public.drill_time'`,
  );
  await client.query(`alter database ${rows[0]?.name ?? ''} set search_path = public, pg_catalog`);
  let isOver = false;
  const follow = async (): Promise<void> => {
    await client.query('update drill_time set at = $1', [clock.now()]).catch(() => undefined);
    if (!isOver) clock.schedule(followMs, () => void follow());
  };
  await follow();
  return async () => {
    isOver = true;
    await client.end();
  };
}
