import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { databaseAnswers, databaseError, openStore, type Store } from '#store/database.ts';
import { listen } from '#store/listener.ts';
import { migrate } from '#store/migrate.ts';
import { testContext } from '../support/context.ts';
import { freezablePostgres, type FreezablePostgres } from '../support/frozen-postgres.ts';
import { signedIn, testApp } from '../support/http-app.ts';

const unavailable = { code: 'database_unavailable' };

/** A database on a server of its own, and a store with short limits. */
async function freezable(
  limits = { statementMs: 1_000, answerMs: 1_500 },
): Promise<FreezablePostgres & { store: Store }> {
  const postgres = await freezablePostgres();
  await migrate(postgres.url);
  const store = openStore(postgres.url, { limits });
  onTestFinished(() => store.close());
  await store.pool.query('select 1');
  return { ...postgres, store };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return databaseError(
    await work.then(
      () => 'it did not fail',
      (error: unknown) => error,
    ),
  );
}

test('a query that a stopped server does not answer fails, and a new server connection serves the next', async () => {
  const { store, freeze, thaw } = await freezable();
  await freeze();
  expect(await failureOf(store.pool.query(`select 'late' as word`))).toMatchObject(unavailable);
  await thaw();
  const { rows } = await store.pool.query(`select 'next' as word`);
  expect(rows).toEqual([{ word: 'next' }]);
});

test('a commit that a stopped server does not answer fails, as one whose connection broke', async () => {
  const { store, freeze, thaw } = await freezable();
  const working = store.database.transaction().execute(async (transaction) => {
    await transaction.selectFrom('users').select('id').execute();
    await freeze();
  });
  expect(await failureOf(working)).toMatchObject(unavailable);
  await thaw();
  expect(await store.database.selectFrom('users').select('id').execute()).toEqual([]);
});

test('a request answers 503 while the server is stopped, and 200 afterwards', async () => {
  const { store, freeze, thaw } = await freezable();
  const context = { ...(await testContext()), store };
  const app = testApp(context);
  const { headers } = await signedIn(context);
  await freeze();
  const refused = await app.request('/api/me', { headers });
  expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining(unavailable)]);
  await thaw();
  expect((await app.request('/api/me', { headers })).status).toBe(200);
});

test('the health probe waits three seconds for a stopped server', async () => {
  const { store, freeze, thaw } = await freezable({ statementMs: 60_000, answerMs: 60_000 });
  const clock = new ManualClock();
  await freeze();
  const answer = databaseAnswers(store.pool, clock);
  clock.advance(3_000);
  expect(await answer).toBe(false);
  await thaw();
});

test('a statement that takes too long is ended by PostgreSQL, and its connection serves on', async () => {
  const { store } = await freezable({ statementMs: 200, answerMs: 20_000 });
  const client = await store.pool.connect();
  expect(await failureOf(client.query('select pg_sleep(60)'))).toMatchObject(unavailable);
  const { rows } = await client.query(`select 'next' as word`);
  client.release();
  expect(rows).toEqual([{ word: 'next' }]);
});

test('maintenance has more time than customers have', async () => {
  const { store } = await freezable();
  const limitOf = async ({ database }: Pick<Store, 'database'>): Promise<unknown> =>
    (
      await database
        .selectNoFrom((make) => make.fn<string>('current_setting', [make.val('statement_timeout')]).as('ms'))
        .executeTakeFirst()
    )?.ms;
  expect(await limitOf(store)).toBe('1s');
  expect(await limitOf({ database: store.maintenance })).toBe('4min');
});

test('a listener finds that its server has stopped, and listens again when it is back', async () => {
  const { store, freeze, thaw } = await freezable();
  const clock = new ManualClock();
  const hearings: boolean[] = [];
  let connections = 0;
  const listener = listen(
    store,
    { clock, entropy: systemEntropy },
    {
      onChange: () => undefined,
      onWebhook: () => undefined,
      onBreaker: () => undefined,
      onOutbox: () => undefined,
      onDropped: () => undefined,
      onConnected: () => (connections += 1),
      onHearing: (isHearing) => hearings.push(isHearing),
    },
  );
  onTestFinished(() => listener.close());
  await expect.poll(() => connections).toBe(1);
  await freeze();
  await expect.poll(() => (clock.advance(5_000), listener.isHearing)).toBe(false);
  await thaw();
  await expect.poll(() => (clock.advance(5_000), listener.isHearing)).toBe(true);
  expect(hearings).toEqual([false, true]);
  expect(connections).toBeGreaterThan(1);
});
