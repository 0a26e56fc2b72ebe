import { expect, test } from 'vitest';
import { createWebhookCounter, watchWebhooks } from '#usecases/watch/webhooks.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { testContext } from '../../support/context.ts';

const wrong = 'webhook_signature_invalid';
const minuteMs = 60_000;
const times = (count: number, act: () => void): void => {
  for (let time = 0; time < count; time += 1) act();
};

async function world() {
  const context = await testContext();
  const { store, clock } = context;
  const rows = () => store.database.selectFrom('webhook_tallies').selectAll().execute();
  return {
    context,
    rows,
    counter: createWebhookCounter(context),
    other: createWebhookCounter(context),
    told: async () => (await raisedAlerts(context)).map(({ title }) => title),
    pass: (minutes: number) => clock.advance(minutes * minuteMs),
    /** Lets the counters write, and waits until all of `total` is in the database. */
    async stored(total: number): Promise<void> {
      clock.advance(5_000);
      const sum = async () => (await rows()).reduce((all, row) => all + row.refused + row.accepted, 0);
      await expect.poll(sum).toBe(total);
    },
  };
}

const title = 'Webhooks of a provider are refused';

test('webhooks that are refused for their signature are alerted once, and once more when it is over', async () => {
  const { context, counter, stored, told, pass } = await world();
  times(10, () => counter.refused('sumsub', wrong));
  await stored(10);
  await watchWebhooks(context);
  await watchWebhooks(context);
  expect(await told()).toEqual([title]);
  pass(11);
  await watchWebhooks(context);
  pass(60);
  await watchWebhooks(context);
  await watchWebhooks(context);
  expect(await told()).toEqual([title, `Over: ${title}`]);
});

test('the refusals of all processes are added up, and one of them alerts', async () => {
  const { context, counter, other, stored } = await world();
  times(6, () => counter.refused('sumsub', wrong));
  times(6, () => other.refused('sumsub', wrong));
  await stored(12);
  await Promise.all([watchWebhooks(context), watchWebhooks(context)]);
  const alerts = await raisedAlerts(context);
  expect(alerts).toHaveLength(1);
  expect(alerts[0]?.message).toContain(
    '12 webhooks to the address of sumsub had a wrong signature in 10 minutes',
  );
});

test('a few refusals are not alerted', async () => {
  const { context, counter, stored, told } = await world();
  times(9, () => counter.refused('sumsub', wrong));
  await stored(9);
  await watchWebhooks(context);
  expect(await told()).toEqual([]);
});

test('refusals beside as many accepted webhooks are not alerted', async () => {
  const { context, counter, stored, told } = await world();
  times(30, () => counter.refused('sumsub', wrong));
  times(30, () => counter.accepted('sumsub'));
  await stored(60);
  await watchWebhooks(context);
  expect(await told()).toEqual([]);
});

test('accepted webhooks of another provider do not hide refusals', async () => {
  const { context, counter, stored, told } = await world();
  times(30, () => counter.refused('sumsub', wrong));
  times(90, () => counter.accepted('bank-link'));
  await stored(120);
  await watchWebhooks(context);
  expect(await told()).toEqual([title]);
});

test('refusals of more than ten minutes are not added up', async () => {
  const { context, counter, stored, told, pass } = await world();
  times(9, () => counter.refused('sumsub', wrong));
  await stored(9);
  pass(11);
  times(9, () => counter.refused('sumsub', wrong));
  await stored(18);
  await watchWebhooks(context);
  expect(await told()).toEqual([]);
});

test('a stranger who refuses to stop causes one alert, and one row a minute', async () => {
  const { context, counter, rows, stored, told, pass } = await world();
  for (let minute = 1; minute <= 5; minute += 1) {
    times(10_000, () => counter.refused('sumsub', wrong));
    await stored(minute * 10_000);
    await watchWebhooks(context);
    pass(1);
  }
  expect(await told()).toEqual([title]);
  expect(await rows()).toHaveLength(5);
});

test('a stranger who comes and goes causes an alert an hour at most', async () => {
  const { context, counter, stored, told, pass } = await world();
  for (let round = 1; round <= 3; round += 1) {
    times(20, () => counter.refused('sumsub', wrong));
    await stored(20 * round);
    await watchWebhooks(context);
    pass(12);
    await watchWebhooks(context);
    pass(11);
    await watchWebhooks(context);
  }
  expect(await told()).toEqual([title]);
});

test('counts are kept for an hour', async () => {
  const { context, counter, rows, stored, pass } = await world();
  counter.refused('sumsub', wrong);
  await stored(1);
  pass(62);
  await watchWebhooks(context);
  expect(await rows()).toEqual([]);
});

test.each(['webhook_malformed', 'database_unavailable', 'payload_too_large'])(
  'a webhook that is refused as %s says nothing of the secret',
  async (reason) => {
    const { counter, rows, stored } = await world();
    counter.accepted('sumsub');
    counter.refused('sumsub', reason);
    await stored(1);
    expect(await rows()).toMatchObject([{ accepted: 1, refused: 0 }]);
  },
);
