import { expect, test } from 'vitest';
import { triedSecondsMin } from '#jobs/limits.ts';
import { allJobs } from '#jobs/table.ts';
import { productionTiming, takeUpSecondsMax } from '#jobs/timing.ts';
import { testContext } from '../support/context.ts';
import { sumsubWorld } from '../support/sumsub-context.ts';

const attempt = (signal = new AbortController().signal) => ({ data: null, signal });

test.each(Object.entries(allJobs))('%s of a killed process is begun again within a minute', (_name, job) => {
  expect(takeUpSecondsMax(productionTiming, job)).toBeLessThanOrEqual(60);
});

const scheduledJobs = Object.entries(allJobs).filter(([, { cron }]) => cron !== undefined);

test.each(scheduledJobs)('%s finds nothing to do in an empty database', async (_name, { run }) => {
  const context = await testContext();
  await run(context, attempt());
  expect(context.logged).toEqual([]);
});

test.each(['hold-approvals-to-level', 'forget-former-customers'])(
  '%s ends before its next step when its process may no longer do it',
  async (name) => {
    const run = allJobs[name]?.run(await testContext(), attempt(AbortSignal.abort()));
    await expect(run).rejects.toThrow('aborted');
  },
);

test('reviews are no longer asked about by a process that may no longer do it', async () => {
  const { context, stack, review, kycStatus } = await sumsubWorld();
  await stack.act('hold_webhooks');
  await review('approved');
  context.clock.advance(601_000);
  const ask = allJobs['follow-silent-reviews'];
  await expect(ask?.run(context, attempt(AbortSignal.abort()))).rejects.toThrow('aborted');
  expect(await kycStatus()).toBe('pending');
  await ask?.run(context, attempt());
  expect(await kycStatus()).toBe('approved');
});

test.each(Object.entries(allJobs).filter(([, { cron }]) => cron === undefined))(
  '%s is tried for a day, and fails on data that it cannot read',
  async (_name, { limits, run }) => {
    expect(triedSecondsMin(limits)).toBeGreaterThanOrEqual(86_400);
    await expect(run(await testContext(), attempt())).rejects.toThrow();
  },
);
