import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { allJobs } from '#jobs/table.ts';
import { createDatabaseReadings } from '#process/metrics/database-readings.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import type { Store } from '#store/database.ts';
import { raise } from '#usecases/alerts/raise.ts';
import { countingStatements } from '../support/counted-statements.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

/** Metrics over a database; `lines` has the series of what is read there. */
function watching(store: Store, clock: ManualClock) {
  const { database, asked } = countingStatements(store.database);
  const logged: string[] = [];
  const log = (_level: string, message: string): unknown => logged.push(message);
  const readings = createDatabaseReadings({
    store: { ...store, database },
    clock,
    log,
    providers: ['made-up'],
  });
  const metrics = createMetrics({ outbounds: () => [], droppedCalls: () => 0, readings });
  onTestFinished(() => {
    readings.state.stop();
    readings.consents.stop();
  });
  const lines = async (name: string): Promise<string[]> =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(`drop_${name}`));
  /** The series that are not 0. */
  const nonzero = async (name: string): Promise<string[]> =>
    (await lines(name)).filter((line) => !line.endsWith(' 0'));
  return { readings, asked, logged, lines, nonzero };
}

test('what waits in the database is read every 15 seconds behind the requests, which cause no query', async () => {
  const { bank, send } = await linkedBank();
  const { store, clock } = bank.context;
  bank.provider.pis.initiatePayment = async () => report({ status: 'processing' });
  const { id } = await send();
  const { database } = store;
  const at = clock.now();
  await sql`
    insert into webhook_inbox
      (provider, deduplication_key, subject, event_type, raw_body, status, next_attempt_at, received_at)
    values ('sumsub', '1', 's', 'e', '', 'received', ${at}, ${at}), ('sumsub', '2', 's', 'e', '', 'dead', ${at}, ${at})
  `.execute(database);
  await raise(bank.context, 'shutting_down', { signal: 'SIGTERM' });
  await database.insertInto('scheduled_runs').values({ job: 'watch-mails', done_at: at }).execute();
  await database
    .insertInto('open_alerts')
    .values({ key: 'database_down', subject: '', parameters: '{}', stage: 0, raised_at: at })
    .execute();
  const inDays = (days: number): Date => new Date(at.getTime() + days * 86_400_000);
  await database
    .updateTable('bank_connections')
    .set({ valid_until: inDays(7) })
    .execute();

  const { readings, asked, lines, nonzero } = watching(store, clock);
  expect(await lines('unresolved')).toEqual([]);
  expect(await lines('inbox')).toEqual([]);
  readings.state.start();
  readings.consents.start();
  clock.advance(0);
  await expect.poll(() => nonzero('open_alerts')).toEqual(['drop_open_alerts{alert="database_down"} 1']);
  await expect.poll(() => lines('consents_ending')).toHaveLength(2);
  const before = asked();
  clock.advance(14_000);
  expect(await nonzero('unresolved_payments')).toEqual(['drop_unresolved_payments{status="processing"} 1']);
  expect(await nonzero('oldest_unresolved')).toEqual([
    'drop_oldest_unresolved_payment_seconds{status="processing"} 14',
  ]);
  expect(await lines('inbox_')).toEqual([
    'drop_inbox_waiting 1',
    'drop_inbox_oldest_waiting_seconds 14',
    'drop_inbox_dead 1',
  ]);
  expect(await nonzero('outbox_waiting')).toEqual(['drop_outbox_waiting{channel="alert"} 1']);
  expect(await lines('job_last_success')).toEqual([
    'drop_job_last_success_seconds{job_name="watch-mails"} 14',
  ]);
  expect(await lines('consents_ending')).toEqual([
    'drop_consents_ending{provider="made-up",within="7d"} 1',
    'drop_consents_ending{provider="made-up",within="30d"} 1',
  ]);
  expect(await lines('database_reading_age_seconds')).toEqual(['drop_database_reading_age_seconds 14']);
  expect(asked()).toBe(before);

  await database.updateTable('transactions').set({ due_at: null }).where('id', '=', id).execute();
  clock.advance(1_000);
  await expect.poll(() => nonzero('unresolved_payments')).toEqual([]);
  expect(asked()).toBe(before + 6);
});

test('what there is none of is 0, so that a series which is absent says that nothing was read', async () => {
  const { bank } = await linkedBank();
  const { store, clock } = bank.context;
  const { readings, lines } = watching(store, clock);
  readings.state.start();
  readings.consents.start();
  clock.advance(0);
  await expect
    .poll(() => lines('consents_ending'))
    .toContain('drop_consents_ending{provider="made-up",within="7d"} 0');
  await expect.poll(() => lines('unresolved_payments')).toHaveLength(7);
  expect(await lines('oldest_unresolved')).toContain(
    'drop_oldest_unresolved_payment_seconds{status="unknown"} 0',
  );
  expect(await lines('unresolved_payments')).not.toContain('drop_unresolved_payments{status="settled"} 0');
  expect(await lines('outbox_waiting')).toEqual(
    ['app', 'mail', 'alert'].map((channel) => `drop_outbox_waiting{channel="${channel}"} 0`),
  );
  expect(await lines('outbox_dead')).toHaveLength(3);
  expect(await lines('open_alerts')).toContain('drop_open_alerts{alert="closing_stalled"} 0');
});

test('readings that are older than a minute are not shown, and the failure is logged once', async () => {
  const { bank } = await linkedBank();
  const clock = new ManualClock();
  const { readings, logged, lines } = watching(bank.context.store, clock);
  readings.state.start();
  clock.advance(0);
  await expect.poll(() => lines('inbox_waiting')).toEqual(['drop_inbox_waiting 0']);
  await sql`alter table scheduled_runs rename to gone`.execute(bank.context.store.database);
  const passing = async (): Promise<string[]> => (clock.advance(15_000), lines('inbox_waiting'));
  await expect.poll(passing).toEqual([]);
  await expect
    .poll(() => (clock.advance(15_000), logged))
    .toEqual(['the gauges of the database were not read']);
  expect(await lines('database_reading_age_seconds')).not.toEqual([]);
  await sql`alter table gone rename to scheduled_runs`.execute(bank.context.store.database);
  await expect.poll(passing).toEqual(['drop_inbox_waiting 0']);
});

test('jobs are counted by their state, each under its name', async () => {
  const { bank } = await linkedBank();
  const { store, clock } = bank.context;
  const { readings, lines } = watching(store, clock);
  const data = { provider: 'made-up', bankId: 'dnb', reference: '1', connectionId: '1' };
  await store.database
    .transaction()
    .execute((transaction) => bank.context.enqueue(transaction, 'end-discarded-consent', data));
  readings.state.start();
  clock.advance(0);
  await expect
    .poll(() => lines('jobs_waiting'))
    .toContain('drop_jobs_waiting{job_name="end-discarded-consent"} 1');
  expect(await lines('jobs_waiting')).toHaveLength(Object.keys(allJobs).length);
  expect(await lines('jobs_dead')).toContain('drop_jobs_dead{job_name="end-discarded-consent"} 0');
});
