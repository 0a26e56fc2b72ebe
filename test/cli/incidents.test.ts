import { expect, test } from 'vitest';
import { testStore } from '../support/database.ts';
import { drop, linesOf } from './program.ts';

test('an incident is opened, added to, listed, shown and exported', async () => {
  const { url: DATABASE_URL } = await testStore();
  const run = (...words: string[]) => drop(['incidents', ...words], { DATABASE_URL });
  expect(await run('list')).toMatchObject({ code: 0, output: '', errors: 'No incidents found.\n' });
  const opened = await run('open', '--title', 'DNB does not answer', '--started', '2h', '--as', 'ida');
  expect(opened).toMatchObject({ code: 0, output: 'incident 1\n' });
  expect(await run('note', '1', 'failed over', '--ended', '10m', '--major', '1h')).toMatchObject({ code: 0 });
  const listed = await run('list');
  expect(listed.output).toContain('over major');
  expect(listed.output).toContain('initial due by ');
  const shown = await run('show', '1');
  for (const text of [
    'DNB does not answer',
    'major, ',
    'initial',
    'left',
    'ida:',
    'failed over',
    'a person decides',
  ])
    expect(shown.output).toContain(text);
  expect(shown.output.split('\n').filter((line) => line.length > 100)).toEqual([]);
  const exported = await run('export', '1', '--report', 'initial');
  expect(exported.output).toContain('- **Reference code of the incident**: DROP-1\n');
  expect(exported.output).toContain('_to be filled in_');
  const noted = await run('note', '1', 'the bank answers', '--cause', 'an upgrade', '--json');
  expect(linesOf(noted)).toMatchObject([{ id: 1, rootCause: 'an upgrade' }]);
  const second = await run('open', '--title', 'Sumsub is slow', '--json');
  expect(linesOf(second)).toMatchObject([{ id: 2, title: 'Sumsub is slow' }]);
  const [json] = linesOf(await run('export', '1', '--report', 'final', '--json'));
  expect(json).toMatchObject({ incident: 1, report: 'final', affectedIds: [] });
});

test('wrong use of the incidents is refused, and says what to do', async () => {
  const { url: DATABASE_URL } = await testStore();
  const run = (...words: string[]) => drop(['incidents', ...words], { DATABASE_URL });
  expect(await run('open')).toMatchObject({ code: 2 });
  expect(await run('note', '1')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('give a text') as string,
  });
  expect(await run('note', '1', '--major', '1h', '--not-major', '1h')).toMatchObject({ code: 2 });
  expect(await run('export', '1')).toMatchObject({ code: 2 });
  expect(await run('show', '1')).toMatchObject({ code: 1, errors: 'There is no incident 1.\n' });
  expect(await run('open', '--title', 'x', '--started', '2999-01-01')).toMatchObject({
    code: 1,
    errors: 'A time of an incident cannot be in the future.\n',
  });
});

test('the list of incidents is narrowed by time, and continued as other lists are', async () => {
  const { url: DATABASE_URL } = await testStore();
  const run = (...words: string[]) => drop(['incidents', ...words], { DATABASE_URL });
  for (const started of ['3d', '2d', '1d']) await run('open', '--title', 'x', '--started', started);
  const first = await run('list', '--since', '60h', '--limit', '1', '--json');
  expect(linesOf(first)).toMatchObject([{ incident: { id: 3 } }]);
  const [, command = ''] = /^More incidents match: npx drop incidents (.+)\n$/.exec(first.errors) ?? [];
  expect(command).toMatch(/^list --since \S+ --after 3 --limit 1 --json$/);
  expect(linesOf(await run(...command.split(' ')))).toMatchObject([{ incident: { id: 2 } }]);
  expect(linesOf(await run('list', '--until', '60h', '--json'))).toMatchObject([{ incident: { id: 1 } }]);
});
