import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { schedules } from '#jobs/table.ts';
import { storeWebhooks } from '#store/inbox/inbox.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { noteRun } from '#store/scheduled-runs.ts';
import { watchStalledWork } from '#usecases/watch/stalled.ts';
import { startWatch } from '#usecases/watch/watch.ts';
import { newAlerts } from '../../support/alerts.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const minuteMs = 60_000;
const title = 'Scheduled work has stalled';
const well = { scheduled_work: true, webhook_inbox: true, outbox: true };
const few = [
  { job: 'often', periodMs: minuteMs },
  { job: 'hourly', periodMs: 60 * minuteMs },
];

async function world() {
  const context = await testContext();
  const heard = newAlerts(context);
  const { store, clock } = context;
  return {
    context,
    told: async () => (await heard()).map((alert) => alert.title),
    messages: async () => (await heard()).map(({ message }) => message),
    watch: async () => (await watchStalledWork(context, few)).health,
    pass: (minutes: number) => clock.advance(minutes * minuteMs),
    done: (...jobs: string[]) => Promise.all(jobs.map((job) => noteRun(store.database, job, clock.now()))),
    webhook: (minutesAgo: number) =>
      storeWebhooks(store.pool, [
        {
          provider: 'sumsub',
          deduplicationKey: randomUUID(),
          subject: randomUUID(),
          eventType: 'applicantReviewed',
          rawBody: Buffer.from('{}'),
          at: new Date(clock.now().getTime() - minutesAgo * minuteMs),
        },
      ]),
    mail: (minutesAgo: number, recipient = 'user:1') =>
      addEntries(store.database, [
        {
          id: randomUUID(),
          channel: 'mail',
          recipient,
          code: 'payment_settled',
          parameters: {},
          at: new Date(clock.now().getTime() - minutesAgo * minuteMs),
        },
      ]),
  };
}

/** Passes minutes in the steps in which a process looks, and lets each look end. */
async function lookFor({ clock, store }: TestContext, minutes: number): Promise<void> {
  for (let step = 0; step < minutes * 12; step += 1) {
    clock.advance(5_000);
    await store.pool.query('select 1');
  }
}

test('a job that is not done is alerted once, and once more when it is', async () => {
  const { watch, pass, done, told } = await world();
  await watch();
  pass(11);
  expect(await watch()).toEqual({ ...well, scheduled_work: false });
  await watch();
  expect(await told()).toEqual([title]);
  await done('often');
  expect(await watch()).toEqual(well);
  pass(10);
  await done('often');
  await watch();
  await watch();
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('a job has three times its schedule, and ten minutes at the least', async () => {
  const { watch, pass, done, told } = await world();
  await watch();
  for (let ten = 0; ten < 4; ten += 1) {
    await done('often');
    pass(10);
    expect(await watch()).toEqual(well);
  }
  pass(139);
  await done('often');
  pass(1);
  expect(await watch()).toEqual(well);
  pass(1);
  expect((await watch()).scheduled_work).toBe(false);
  expect(await told()).toEqual([title]);
});

test('the alert names what has stalled, and for how long', async () => {
  const { watch, pass, messages, webhook, mail } = await world();
  await watch();
  pass(200);
  await webhook(14);
  await mail(12);
  await watch();
  expect((await messages())[0]).toContain(
    'Not done in time: webhook inbox (for 14 minutes), outbox (for 12 minutes), ' +
      'often (for 3 hours), hourly (for 3 hours). ',
  );
});

test('a job that was just added has its time from when it is first seen', async () => {
  const { context, watch, pass, done, told } = await world();
  await watch();
  pass(1_000);
  await done('often', 'hourly');
  const more = [...few, { job: 'new', periodMs: minuteMs }];
  expect(await watchStalledWork(context, more)).toMatchObject({ health: well });
  expect(await told()).toEqual([]);
});

test('a late run that another process noted before does not count as the newer one', async () => {
  const { context, watch, pass, told } = await world();
  await watch();
  const before = context.clock.now();
  pass(11);
  await noteRun(context.store.database, 'often', context.clock.now());
  await noteRun(context.store.database, 'often', before);
  expect(await watch()).toEqual(well);
  expect(await told()).toEqual([]);
});

test('of processes that find stalled work at once, one alerts', async () => {
  const { watch, pass, told } = await world();
  await watch();
  pass(11);
  await Promise.all([watch(), watch(), watch()]);
  expect(await told()).toEqual([title]);
});

test('a webhook that nothing handles for ten minutes is alerted', async () => {
  const { watch, webhook, told } = await world();
  await webhook(10);
  expect(await watch()).toEqual(well);
  await webhook(11);
  expect(await watch()).toEqual({ ...well, webhook_inbox: false });
  expect(await told()).toEqual([title]);
});

test('a webhook that is tried again later is not late', async () => {
  const { context, watch, webhook } = await world();
  await webhook(60);
  const later = new Date(context.clock.now().getTime() + minuteMs);
  await context.store.database.updateTable('webhook_inbox').set({ next_attempt_at: later }).execute();
  expect(await watch()).toEqual(well);
});

test('a mail that nothing sends for ten minutes is alerted', async () => {
  const { watch, mail, told } = await world();
  await mail(10);
  expect(await watch()).toEqual(well);
  await mail(11, 'user:2');
  expect(await watch()).toEqual({ ...well, outbox: false });
  expect(await told()).toEqual([title]);
});

test('a mail that waits for an earlier one, which is tried again later, is not late', async () => {
  const { context, watch, mail } = await world();
  await mail(60);
  const later = new Date(context.clock.now().getTime() + minuteMs);
  await context.store.database.updateTable('outbox').set({ due_at: later }).execute();
  await mail(50);
  expect(await watch()).toEqual(well);
});

test('every scheduled job of Drop is watched', () => {
  expect(schedules.map(({ job }) => job)).toContain('watch-breakers');
  expect(schedules.every(({ periodMs }) => periodMs >= minuteMs)).toBe(true);
});

test('a process looks at work from ten minutes after its start, by when what was missed is made up for', async () => {
  const { context, pass, done, told, watch } = await world();
  await watch();
  pass(5_000);
  const watching = startWatch(context, few, { answers: async () => true });
  onTestFinished(() => watching.stop());
  await lookFor(context, 9);
  expect(await told()).toEqual([]);
  expect(watching.work().health).toEqual(well);
  await done('hourly');
  await expect.poll(() => lookFor(context, 1).then(told)).toEqual([title]);
  await expect.poll(() => watching.work().health).toEqual({ ...well, scheduled_work: false });
});

test('a process whose database does not answer alerts it once, and once more when it answers again', async () => {
  const { context, told } = await world();
  let isUp = false;
  const watching = startWatch(context, [], { answers: async () => isUp });
  onTestFinished(() => watching.stop());
  await lookFor(context, 2);
  await expect.poll(told).toEqual(['The database does not answer']);
  isUp = true;
  await lookFor(context, 2);
  await expect.poll(told).toEqual(['Over: The database does not answer']);
});

test('work that an outage of the database delayed is no alert of its own until ten minutes after it', async () => {
  const { context, pass, told, watch } = await world();
  await watch();
  pass(5_000);
  let isUp = false;
  const watching = startWatch(context, few, { answers: async () => isUp });
  onTestFinished(() => watching.stop());
  await lookFor(context, 5);
  isUp = true;
  await lookFor(context, 9);
  expect(await told()).not.toContain(title);
  await expect.poll(() => lookFor(context, 2).then(told)).toContain(title);
});

test('a process that stops alerts nothing any more', async () => {
  const { context, told } = await world();
  const watching = startWatch(context, [], { answers: async () => false });
  watching.stop();
  await lookFor(context, 2);
  expect(await told()).toEqual([]);
});
