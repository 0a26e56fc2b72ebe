import { expect, test } from 'vitest';
import { createErrorTracker } from '#usecases/errors/track.ts';
import { testContext } from '../support/context.ts';
import { drop } from './program.ts';

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
  expect(await run('resolve', '1', '--as', 'ida')).toMatchObject({ code: 0 });
  expect((await run('list')).output).toBe('');
  expect((await run('list', '--all')).output).toContain('(resolved)');
  expect(await run('show', '2')).toMatchObject({ code: 1, errors: 'There is no group of errors 2.\n' });
});
