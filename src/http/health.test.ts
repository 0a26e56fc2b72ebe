import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createHealth, type HealthProbes } from './health.ts';

const well: HealthProbes = {
  version: '1',
  databaseAnswers: async () => true,
  isStopping: () => false,
  isHearing: () => true,
  breakers: () => ({ slack: 'closed' }),
  alertRefusal: () => undefined,
  work: () => ({ health: { webhook_inbox: true }, lastDone: {} }),
};

test('the health has a component for each provider, and no reasons while all is well', async () => {
  expect(await createHealth(well, new ManualClock())()).toEqual({
    status: 'ok',
    ready: true,
    version: '1',
    components: { database: 'pass', announcements: 'pass', webhook_inbox: 'pass', slack: 'pass' },
    lastDone: {},
  });
});

test('a webhook that Slack refuses is a failed component with its reason, and Drop can serve', async () => {
  const health = createHealth({ ...well, alertRefusal: () => '404 no_service' }, new ManualClock());
  expect(await health()).toMatchObject({
    status: 'ok',
    components: { slack: 'fail' },
    reasons: { slack: '404 no_service' },
  });
});

test('work that is not done in time is a component that fails, and Drop can serve all the same', async () => {
  const lastDone = { 'purge-expired': new Date('2026-02-23T03:00:00Z') };
  const work = () => ({ health: { scheduled_work: false, webhook_inbox: true }, lastDone });
  expect(await createHealth({ ...well, work }, new ManualClock())()).toMatchObject({
    status: 'ok',
    components: { scheduled_work: 'fail', webhook_inbox: 'pass' },
    lastDone,
  });
});

test('a process that was told to end can serve, and is not ready', async () => {
  const health = createHealth({ ...well, isStopping: () => true }, new ManualClock());
  expect(await health()).toMatchObject({ status: 'ok', ready: false });
});

test('a process without its database is not ready', async () => {
  const health = createHealth({ ...well, databaseAnswers: async () => false }, new ManualClock());
  expect(await health()).toMatchObject({ status: 'down', ready: false });
});

describe('the database is asked', () => {
  function asking() {
    const clock = new ManualClock();
    const answers: ((isUp: boolean) => void)[] = [];
    const databaseAnswers = (): Promise<boolean> => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      answers.push(resolve);
      return promise;
    };
    const health = createHealth({ ...well, databaseAnswers }, clock);
    const statusOf = async (): Promise<string> => (await health()).status;
    return { clock, answers, statusOf };
  }

  test('once, however many requests wait for the answer', async () => {
    const { answers, statusOf } = asking();
    const statuses = Promise.all([statusOf(), statusOf(), statusOf()]);
    expect(answers).toHaveLength(1);
    answers[0]?.(true);
    expect(await statuses).toEqual(['ok', 'ok', 'ok']);
  });

  test('behind a request, which gets the answer that is known', async () => {
    const { clock, answers, statusOf } = asking();
    const first = statusOf();
    answers[0]?.(true);
    await first;
    clock.advance(999);
    expect(await statusOf()).toBe('ok');
    expect(answers).toHaveLength(1);
    clock.advance(1);
    expect([await statusOf(), await statusOf()]).toEqual(['ok', 'ok']);
    expect(answers).toHaveLength(2);
    answers[1]?.(false);
    await expect.poll(statusOf).toBe('down');
  });

  test('before a request is answered whose last answer is older than five seconds', async () => {
    const { clock, answers, statusOf } = asking();
    const first = statusOf();
    answers[0]?.(true);
    await first;
    clock.advance(5_001);
    const second = statusOf();
    answers[1]?.(false);
    expect(await second).toBe('down');
  });
});
