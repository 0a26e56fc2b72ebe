import { expect, test } from 'vitest';
import type { LoggedError } from '#domain/error-group.ts';
import { createErrorTracker } from '#usecases/errors/track.ts';
import { resolveError, searchErrors, showError } from '#usecases/operate/errors.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { testContext } from '../../support/context.ts';

const dayMs = 86_400_000;
const error: LoggedError = {
  title: 'a job failed',
  name: 'TypeError',
  message: 'x is undefined',
  code: undefined,
  stack: ['at run (file:///srv/drop/src/jobs/run.ts:54:9)'],
  about: { requestId: 'r-1' },
};

async function stand() {
  const context = await testContext();
  const trackers = [1, 2].map(() => createErrorTracker(context.clock, '1.4.0'));
  for (const tracker of trackers) tracker.begin(context);
  const [tracker, other] = trackers;
  if (!tracker || !other) throw new RangeError('there are two');
  /** Records errors, and has them written. */
  const record = async (...errors: LoggedError[]): Promise<void> => {
    for (const each of errors) tracker.record(each);
    await tracker.stop();
    tracker.begin(context);
  };
  const alerts = async (): Promise<string[]> => (await raisedAlerts(context)).map(({ message }) => message);
  return { context, tracker, other, record, alerts };
}

test('errors of one cause are one group and one alert, with the first and the latest of them', async () => {
  const { context, record, alerts } = await stand();
  const firstAt = context.clock.now();
  await record(error, error);
  context.clock.advance(dayMs);
  await record({ ...error, message: 'y is undefined' });
  const [group, ...others] = (await searchErrors(context, {}, 10)).entries;
  expect(others).toEqual([]);
  expect(group).toMatchObject({ errors: 3, firstAt, lastAt: context.clock.now(), lastRelease: '1.4.0' });
  expect(group?.example).toEqual({ message: 'y is undefined', stack: error.stack, about: error.about });
  const [alert, ...more] = await alerts();
  expect(alert).toContain('a job failed (TypeError, run in src/jobs/run.ts), Drop 1.4.0, group 1');
  expect(more).toEqual([]);
});

test('errors are written within five seconds, those of two processes into one group', async () => {
  const { context, tracker, other, alerts } = await stand();
  tracker.record(error);
  other.record(error);
  context.clock.advance(5_000);
  const errors = async (): Promise<number | undefined> =>
    (await searchErrors(context, {}, 10)).entries[0]?.errors;
  await expect.poll(errors).toBe(2);
  expect(await alerts()).toHaveLength(1);
});

test('a group that was resolved returns with the next error, and is alerted again', async () => {
  const { context, record, alerts } = await stand();
  await record(error);
  context.clock.advance(1);
  await resolveError(context, { id: 1, actorName: 'ida' });
  expect((await searchErrors(context, {}, 10)).entries).toEqual([]);
  expect((await searchErrors(context, { all: true }, 10)).entries).toMatchObject([{ resolvedBy: 'ida' }]);
  context.clock.advance(1);
  await record(error);
  expect((await searchErrors(context, {}, 10)).entries).toMatchObject([
    { id: 1, errors: 2, resolvedAt: null },
  ]);
  expect((await alerts()).filter((text) => text.includes('It has returned'))).toHaveLength(1);
});

test('a group returns after thirty days without an error, and not before', async () => {
  const { context, record, alerts } = await stand();
  await record(error);
  context.clock.advance(30 * dayMs - 1);
  await record(error);
  expect(await alerts()).toHaveLength(1);
  context.clock.advance(30 * dayMs);
  await record(error);
  expect(await alerts()).toHaveLength(2);
});

test('a flood of groups is bounded, and the groups that came first are kept', async () => {
  const { context, record } = await stand();
  await record(
    ...Array.from({ length: 101 }, (_, at) => ({ ...error, title: `title ${String.fromCharCode(97 + at)}` })),
  );
  expect((await searchErrors(context, {}, 1_000)).entries).toHaveLength(100);
});

test('errors that were recorded before there is a database are written once there is', async () => {
  const context = await testContext();
  const tracker = createErrorTracker(context.clock, '1.4.0');
  tracker.record(error);
  tracker.begin(context);
  await tracker.stop();
  expect(await showError(context, 1)).toMatchObject({ errors: 1 });
});

test('an unknown group is refused', async () => {
  const { context } = await stand();
  await expect(showError(context, 4711)).rejects.toMatchObject({ code: 'not_found' });
  await expect(resolveError(context, { id: 4711, actorName: 'ida' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
