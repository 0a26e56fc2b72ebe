import type { TestContext } from '../../support/context.ts';

interface Told {
  code: string;
  parameters: Record<string, unknown>;
}

/** What a customer was told in the app, the oldest first. */
export async function told({ store }: TestContext, userId: string): Promise<Told[]> {
  return store.database
    .selectFrom('outbox')
    .select(['code', 'parameters'])
    .where('user_id', '=', userId)
    .where('channel', '=', 'app')
    .orderBy('sequence')
    .execute();
}

export async function codesTold(context: TestContext, userId: string): Promise<string[]> {
  return (await told(context, userId)).map(({ code }) => code);
}

/** Has the database refuse to commit a notice, as if the process died just before; returns the way back. */
export async function refuseCommits({ store }: TestContext): Promise<() => Promise<void>> {
  await store.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'refused at the commit'; end $$;
    create constraint trigger refuse after insert on outbox deferrable initially deferred
      for each row execute function refuse();
  `);
  return async () => void (await store.pool.query('drop trigger refuse on outbox; drop function refuse'));
}
