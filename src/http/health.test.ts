import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createHealth, type HealthProbes } from './health.ts';

const well: HealthProbes = {
  version: '1',
  databaseAnswers: async () => true,
  isHearing: () => true,
  breakers: () => ({ slack: 'closed' }),
  alertRefusal: () => undefined,
};

test('the health has a component for each provider, and no reasons while all is well', async () => {
  expect(await createHealth(well, new ManualClock())()).toEqual({
    status: 'ok',
    version: '1',
    components: { database: 'pass', announcements: 'pass', slack: 'pass' },
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
