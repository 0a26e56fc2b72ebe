import { expect, test } from 'vitest';
import { alertStand } from './stand.ts';

const customer = (name: string): { userId: string } => ({ userId: `customer ${name}` });
const shutdown = { signal: 'SIGTERM' };
const title = { rejected: 'Title: A verified customer may no longer pay' };

test('an alert is sent once, in the agreed format', async () => {
  const stand = await alertStand();
  await stand.raise('shutting_down', shutdown);
  expect(await stand.step()).toBe(0);
  expect(await stand.statuses()).toEqual(['delivered']);
  await stand.run(60_000);
  expect(stand.slack.texts()).toEqual([
    [
      'ℹ️ Drop Production Alert — Info',
      'Title: Drop is shutting down',
      'Message: Received SIGTERM. Nothing to do if another process runs or the start follows. ' +
        'Runbook: docs/runbook/drop-is-shutting-down.md',
      'Time: 2026-02-23 14:30 UTC',
    ].join('\n'),
  ]);
  expect(stand.results).toEqual(['slack']);
});

test('the most severe alert is sent first, then the oldest', async () => {
  const stand = await alertStand();
  await stand.raise('shutting_down', shutdown);
  await stand.raise('approval_lost', { userId: 'a', status: 'pending' });
  await stand.raise('customer_rejected', { userId: 'b' });
  await stand.raise('customer_rejected', { userId: 'c' });
  await stand.run(10_000);
  expect(stand.shown().map((text) => /User (\w)|SIGTERM/.exec(text)?.[0])).toEqual([
    'User b',
    'User c',
    'User a',
    'SIGTERM',
  ]);
});

test('one message is sent a second, by all processes together', async () => {
  const stand = await alertStand();
  const other = stand.process();
  await stand.raise('customer_rejected', customer('a'));
  await stand.raise('customer_rejected', customer('b'));
  await stand.step();
  expect(await stand.step(other)).toBe(1_000);
  expect(stand.shown()).toHaveLength(1);
  stand.slack.clock.advance(1_000);
  expect(await stand.step(other)).toBe(0);
  expect(stand.shown()).toHaveLength(2);
});

test('identical alerts that wait are sent as one, with their count', async () => {
  const stand = await alertStand();
  for (let raised = 0; raised < 41; raised += 1) {
    await stand.raise('applicant_hidden', {});
    stand.slack.clock.advance(1_000);
  }
  await stand.step();
  expect(stand.shown()).toEqual([expect.stringContaining('(×41 in 41 s)')]);
  expect(new Set(await stand.statuses())).toEqual(new Set(['delivered']));
});

test('repetitions within a minute are counted, and sent when it is over, by any process', async () => {
  const stand = await alertStand();
  const other = stand.process();
  await stand.raise('applicant_hidden', {});
  await stand.step();
  await stand.raise('applicant_hidden', {});
  await stand.raise('applicant_hidden', {});
  stand.slack.clock.advance(59_000);
  expect(await stand.step(other)).toBe(1_000);
  expect(stand.shown()).toHaveLength(1);
  stand.slack.clock.advance(1_000);
  await stand.step(other);
  expect(stand.shown()[1]).toContain('(×2 in 60 s)');
});

test('while one process makes an attempt, no other does; if it dies, another takes over', async () => {
  const stand = await alertStand();
  const [dying, other] = [stand.process(), stand.process()];
  await stand.raise('customer_rejected', customer('a'));
  const begun = Promise.withResolvers<undefined>();
  const attempt = async (): Promise<never> => {
    begun.resolve(undefined);
    return new Promise(() => undefined);
  };
  const alerts = { ...dying.services.alerts, attempt };
  void stand.step({ ...dying, services: { ...dying.services, alerts } });
  await begun.promise;
  expect(await stand.step(other)).toBe(1_000);
  expect(stand.shown()).toEqual([]);
  stand.slack.clock.advance(15_000);
  expect(await stand.step(other)).toBe(0);
  expect(stand.shown()).toHaveLength(1);
});

test('Retry-After holds for all processes', async () => {
  const stand = await alertStand();
  const other = stand.process();
  limit(stand, 30, 1);
  await stand.raise('customer_rejected', customer('a'));
  await stand.step();
  expect(await stand.step(other)).toBe(30_000);
  stand.slack.clock.advance(29_999);
  expect(await stand.step(other)).toBe(1);
  expect(stand.shown()).toEqual([]);
  stand.slack.clock.advance(1);
  await stand.step(other);
  expect(stand.shown()).toHaveLength(1);
});

test('a critical alert outlasts hours of 429', async () => {
  const stand = await alertStand();
  limit(stand, 3_600);
  await stand.raise('customer_rejected', customer('a'));
  await stand.run(6 * 3_600_000);
  expect(await stand.statuses()).toEqual(['waiting']);
  const lost = stand.context.logged.filter(({ message }) => message === 'an alert did not reach Slack');
  expect(lost).toHaveLength(1);
  stand.slack.faults.clear();
  await stand.run(3_600_000);
  expect(stand.shown()).toEqual([expect.stringContaining(title.rejected)]);
});

test('an alert of a version that this one does not know waits for that version', async () => {
  const stand = await alertStand();
  await stand.raise('shutting_down', shutdown);
  await stand.context.store.database.updateTable('outbox').set({ code: 'of_tomorrow' }).execute();
  await stand.run(60_000);
  expect([stand.shown(), await stand.statuses()]).toEqual([[], ['waiting']]);
});

test('an alert whose parameters another version has stored is sent nevertheless', async () => {
  const stand = await alertStand();
  await stand.raise('encryption_key_missing', { missing: [] });
  await stand.context.store.database
    .updateTable('outbox')
    .set({ parameters: '{}' as never })
    .execute();
  await stand.step();
  expect(stand.shown()).toEqual([expect.stringContaining('Title: An encryption key is not configured')]);
});

function limit({ slack }: Awaited<ReturnType<typeof alertStand>>, seconds: number, times?: number): void {
  const fault = { operation: 'webhook', effect: 'status', status: 429, retryAfterSeconds: seconds } as const;
  slack.faults.add(times === undefined ? fault : { ...fault, times });
}

test('a Slack that asks for a wait of nothing is not called without a pause', async () => {
  const stand = await alertStand();
  limit(stand, 0);
  await stand.raise('customer_rejected', customer('a'));
  await stand.step();
  expect(await stand.step()).toBe(1_000);
});

test('a wait of days is a mistake: Slack is called again within an hour', async () => {
  const stand = await alertStand();
  limit(stand, 999_999, 1);
  await stand.raise('customer_rejected', customer('a'));
  await stand.run(3_600_000);
  await stand.step();
  expect(stand.shown()).toEqual([expect.stringContaining(title.rejected)]);
});

test('an alert that Slack fails at holds up no other', async () => {
  const stand = await alertStand();
  const { alerts } = stand.context.services;
  const failing = stand.process();
  failing.services = {
    alerts: {
      ...alerts,
      attempt: async (raised) =>
        raised.alert.message.includes('poison')
          ? { kind: 'later', afterMs: undefined, reason: 'Slack answered 500' }
          : alerts.attempt(raised),
    },
  };
  await stand.raise('customer_rejected', customer('poison'));
  await stand.raise('customer_rejected', customer('b'));
  await stand.raise('shutting_down', shutdown);
  for (let made = 0; made < 40; made += 1) stand.slack.clock.advance(Math.max(1, await stand.step(failing)));
  expect(stand.shown().map((text) => /User customer (\w)|SIGTERM/.exec(text)?.[0])).toEqual([
    'User customer b',
    'SIGTERM',
  ]);
  expect(await stand.statuses()).toEqual(['waiting', 'delivered', 'delivered']);
});

test('a process whose clock was ahead and which died holds up alerts for a minute at most', async () => {
  const stand = await alertStand();
  await stand.raise('shutting_down', shutdown);
  await stand.context.store.database
    .updateTable('alert_delivery')
    .set({
      holder: '00000000-0000-4000-8000-000000000000',
      held_until: new Date(stand.slack.clock.now().getTime() + 86_400_000),
      slot_at: new Date(stand.slack.clock.now().getTime() + 86_400_000),
    })
    .execute();
  await stand.run(65_000);
  expect(stand.shown()).toHaveLength(1);
});
