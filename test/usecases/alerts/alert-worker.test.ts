import { expect, onTestFinished, test } from 'vitest';
import { startAlertWorker, type AlertWorker } from '#usecases/alerts/alert-worker.ts';
import { alertStand, type AlertStand } from './stand.ts';

/** A worker that has looked once, and found nothing. */
async function startWorker(stand: AlertStand): Promise<AlertWorker> {
  const worker = startAlertWorker(stand.process());
  onTestFinished(async () => {
    const finished = worker.finish(1_000);
    stand.slack.clock.advance(1_000);
    await finished;
  });
  await stand.slack.clock.putOffBy(5_000);
  return worker;
}

test('a worker delivers an alert when it is woken', async () => {
  const stand = await alertStand();
  const worker = await startWorker(stand);
  await stand.raise('shutting_down', { signal: 'SIGTERM' });
  worker.wake();
  await expect.poll(stand.shown).toHaveLength(1);
});

test('a worker that hears nothing finds an alert within five seconds', async () => {
  const stand = await alertStand();
  await startWorker(stand);
  await stand.raise('shutting_down', { signal: 'SIGTERM' });
  stand.slack.clock.advance(5_000);
  await expect.poll(stand.shown).toHaveLength(1);
});

test('a worker goes on by itself, at the pace of the channel', async () => {
  const stand = await alertStand();
  const worker = await startWorker(stand);
  await stand.raise('customer_rejected', { userId: 'a' });
  await stand.raise('customer_rejected', { userId: 'b' });
  worker.wake();
  await stand.slack.clock.putOffBy(1_000);
  expect(stand.shown()).toHaveLength(1);
  stand.slack.clock.advance(1_000);
  await expect.poll(stand.shown).toHaveLength(2);
});

test('a worker that finishes sends what waits without the pace', async () => {
  const stand = await alertStand();
  const worker = await startWorker(stand);
  for (const userId of ['a', 'b', 'c']) await stand.raise('customer_rejected', { userId });
  await worker.finish(3_000);
  expect(stand.shown()).toHaveLength(3);
  await stand.raise('customer_rejected', { userId: 'd' });
  worker.wake();
  stand.slack.clock.advance(60_000);
  expect(stand.shown()).toHaveLength(3);
});

test('a worker finishes in time although Slack hangs', async () => {
  const stand = await alertStand();
  const worker = await startWorker(stand);
  stand.slack.faults.add({ operation: 'webhook', effect: 'latency', delayMs: 60_000 });
  await stand.raise('customer_rejected', { userId: 'a' });
  const finished = worker.finish(3_000);
  await stand.slack.clock.putOffBy(3_000);
  stand.slack.clock.advance(3_000);
  await finished;
  expect(await stand.statuses()).toEqual(['waiting']);
});

test('a refusal is known to the worker of each process, until Slack takes an alert', async () => {
  const stand = await alertStand();
  const worker = await startWorker(stand);
  await stand.setWebhook('channel_archived');
  await stand.raise('customer_rejected', { userId: 'a' });
  await stand.step();
  stand.slack.clock.advance(5_000);
  await expect.poll(() => worker.refusal).toContain('410 channel_is_archived: unarchive #drop-ops');
  await stand.setWebhook('active');
  stand.slack.clock.advance(60_000);
  worker.wake();
  await expect.poll(stand.shown).toHaveLength(1);
  await expect.poll(() => worker.refusal).toBeUndefined();
});
