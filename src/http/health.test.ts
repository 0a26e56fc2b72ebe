import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createHealth, type HealthProbes } from './health.ts';

const well: HealthProbes = {
  version: '1',
  databaseAnswers: async () => true,
  isHearing: () => true,
  breakers: () => ({ slack: 'closed' }),
  alertRefusal: () => undefined,
  work: () => ({ webhook_inbox: true }),
};

test('the health has a component for each provider, and no reasons while all is well', async () => {
  expect(await createHealth(well, new ManualClock())()).toEqual({
    status: 'ok',
    version: '1',
    components: { database: 'pass', announcements: 'pass', webhook_inbox: 'pass', slack: 'pass' },
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
  const work = () => ({ scheduled_work: false, webhook_inbox: true });
  expect(await createHealth({ ...well, work }, new ManualClock())()).toMatchObject({
    status: 'ok',
    components: { scheduled_work: 'fail', webhook_inbox: 'pass' },
  });
});
