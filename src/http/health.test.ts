import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createHealth } from './health.ts';

test('work that is not done in time is a component that fails, and Drop can serve all the same', async () => {
  const health = createHealth(
    {
      version: '1.2.3',
      databaseAnswers: async () => true,
      isHearing: () => true,
      breakers: () => ({ bankid: 'closed' }),
      work: () => ({ scheduled_work: false, webhook_inbox: true }),
    },
    new ManualClock(),
  );
  expect(await health()).toEqual({
    status: 'ok',
    version: '1.2.3',
    components: {
      database: 'pass',
      announcements: 'pass',
      scheduled_work: 'fail',
      webhook_inbox: 'pass',
      bankid: 'pass',
    },
  });
});
