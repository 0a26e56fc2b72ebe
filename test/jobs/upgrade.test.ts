import { expect, test } from 'vitest';
import type { Store } from '#store/database.ts';
import { begun, bossOf, slowly, stand, yearly } from './stand.ts';
import { quickLimits, quickTiming } from './quick.ts';

const job = { ...yearly, run: async () => undefined };

/**
 * Creates queues as Drop did until 0.1: with a job that lost its process, jobs behind it, and a job that no longer
 * exists.
 */
async function formerQueues(store: Store): Promise<void> {
  const boss = await bossOf(store);
  for (const name of ['count', 'gone']) {
    await boss.createQueue(name, { policy: 'singleton', retryLimit: 0, deleteAfterSeconds: 3_600 });
    await boss.schedule(name, yearly.cron);
  }
  for (let minute = 0; minute < 3; minute += 1) await boss.send('count');
  expect(await boss.fetch('count')).toHaveLength(1);
}

test('a job that an earlier version left stuck is done once more, and can no longer get stuck', async () => {
  const here = await stand(job);
  await formerQueues(here.context.store);
  for (let process = 0; process < 5; process += 1) here.begin();
  await expect.poll(() => here.logged(begun), slowly).toHaveLength(5);
  await expect.poll(() => here.outcomes, slowly).toEqual(['done']);
  const boss = await bossOf(here.context.store);
  expect(await boss.findJobs('count')).toMatchObject([{ state: 'completed', policy: 'exclusive' }]);
  const { heartbeatSeconds } = quickTiming;
  const queues = await boss.getQueues();
  expect(queues.map(({ name }) => name).sort()).toEqual(['__pgboss__send-it', 'count', 'gone']);
  for (const queue of queues)
    expect(queue).toMatchObject({
      heartbeatSeconds,
      retryLimit: quickLimits.retriesMax,
      expireInSeconds: 300,
    });
});

test('a job that this version does not have is no longer scheduled', async () => {
  const here = await stand(job);
  await formerQueues(here.context.store);
  here.begin();
  await expect.poll(() => here.logged(begun), slowly).toHaveLength(1);
  const boss = await bossOf(here.context.store);
  expect(await boss.getSchedules()).toMatchObject([
    { name: 'count', cron: yearly.cron, options: { missed: 'once' } },
  ]);
});
