import { expect, test } from 'vitest';
import { createErrorTracker } from '#usecases/errors/track.ts';
import { testContext } from '../support/context.ts';
import { drop, linesOf } from './program.ts';

test('errors are listed, shown and resolved', async () => {
  const context = await testContext();
  const run = (...words: string[]) => drop(['errors', ...words], { DATABASE_URL: context.store.url });
  expect(await run('list')).toMatchObject({ code: 0, output: '', errors: 'No errors found.\n' });
  const tracker = createErrorTracker(context.clock, '1.4.0');
  tracker.begin(context);
  const stack = ['at run (file:///srv/drop/src/jobs/run.ts:54:9)'];
  const about = { requestId: 'r-1' };
  tracker.record({ title: 'a job failed', name: 'TypeError', message: 'x', code: undefined, stack, about });
  await tracker.stop();
  expect((await run('list')).output).toContain('a job failed: TypeError');
  const shown = await run('show', '1');
  for (const text of ['Drop 1.4.0', 'run in src/jobs/run.ts', 'TypeError: x', 'r-1', ...stack])
    expect(shown.output).toContain(text);
  const resolved = await run('resolve', '1', '--as', 'ida', '--json');
  expect(linesOf(resolved)).toMatchObject([{ id: 1, resolvedBy: 'ida' }]);
  expect((await run('list')).output).toBe('');
  expect((await run('list', '--all')).output).toContain('(resolved)');
  expect(await run('show', '2')).toMatchObject({ code: 1, errors: 'There is no group of errors 2.\n' });
});

test('the list of errors is narrowed by time, and continued as other lists are', async () => {
  const context = await testContext();
  const run = (...words: string[]) => drop(['errors', ...words], { DATABASE_URL: context.store.url });
  const about = { message: 'x', code: undefined, stack: [], about: {} };
  const begin = context.clock.now();
  for (const title of ['first', 'second', 'third']) {
    const tracker = createErrorTracker(context.clock, '1.4.0');
    tracker.begin(context);
    tracker.record({ title, name: 'TypeError', ...about });
    await tracker.stop();
    context.clock.advance(60_000);
  }
  const later = (minutes: number) => new Date(begin.getTime() + minutes * 60_000).toISOString();
  const page = await run('list', '--since', later(1), '--limit', '1', '--json');
  expect(linesOf(page)).toMatchObject([{ title: 'third' }]);
  const [, command = ''] = /^More errors match: npx drop errors (.+)\n$/.exec(page.errors) ?? [];
  expect(linesOf(await run(...command.split(' ')))).toMatchObject([{ title: 'second' }]);
  expect(linesOf(await run('list', '--until', later(1), '--json'))).toMatchObject([{ title: 'first' }]);
  expect(await run('list', '--since', later(2), '--until', later(1))).toMatchObject({ code: 2 });
  expect(await run('list', '--after', '9')).toMatchObject({
    code: 1,
    errors: 'There is no group of errors 9.\n',
  });
});
