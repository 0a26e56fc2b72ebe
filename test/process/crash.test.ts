import { chmod, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { newScratchDirectory } from '../support/scratch.ts';

/** Writes to `file`, and ends as `crashing` makes it end. `report` alerts the operators. */
const program = (file: string, crashing: string, report = 'async () => undefined'): string => `
  import { systemClock } from '#domain/clock.ts';
  import { createLog } from '#process/log.ts';
  import { endOnUnhandledException } from '#process/crash.ts';
  const log = createLog('info', '${file}');
  const write = (error, origin) => log('fatal', 'ends', { error, origin });
  const impatient = { ...systemClock, schedule: (_, task, options) => systemClock.schedule(1, task, options) };
  endOnUnhandledException({ write, report: ${report} }, impatient);
  log('info', 'begins');
  ${crashing}
`;

async function crashed(crashing: string, report?: string) {
  const directory = await newScratchDirectory('drop-crash-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'drop.log');
  const code = await runProgram(program(file, crashing, report)).ended;
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return { file, code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const fatal = { level: 60, msg: 'ends' };

test.each([
  ['an exception in a timer', 'setTimeout(() => { throw new TypeError("at fault"); });', 'uncaughtException'],
  ['a rejection', 'void Promise.reject(new TypeError("at fault"));', 'unhandledRejection'],
])('%s that nothing handles is the last line of the log, with its stack', async (_, crashing, origin) => {
  const { code, lines } = await crashed(crashing);
  expect(lines).toMatchObject([{ msg: 'begins' }, { ...fatal, origin }]);
  expect(lines[1]?.['error']).toMatchObject({
    name: 'TypeError',
    message: 'at fault',
    stack: expect.any(Array),
  });
  expect(code).toBe(1);
});

test('the line is redacted as the log is', async () => {
  const { lines } = await crashed('setTimeout(() => { throw new Error("number 01818012345"); });');
  expect(JSON.stringify(lines)).not.toContain('01818012345');
});

test('a thrown value that is not an error is not shown', async () => {
  const { lines } = await crashed('setTimeout(() => { throw { name: "Kari Testnes" }; });');
  expect(lines).toMatchObject([{}, { error: { message: 'a value that is not an error was thrown' } }]);
  expect(JSON.stringify(lines)).not.toContain('Kari');
});

test.each([
  ['fails', 'async () => { throw new Error("no Slack"); }'],
  ['does not end', '() => new Promise(() => undefined)'],
])('a process whose alert %s ends nevertheless, with one line', async (_, report) => {
  const { code, lines } = await crashed('setTimeout(() => { throw new Error("at fault"); });', report);
  expect([code, lines.length]).toEqual([1, 2]);
});

test('the alert comes after the line', async () => {
  const report = 'async () => log("info", "alerted")';
  const { lines } = await crashed('setTimeout(() => { throw new Error("at fault"); });', report);
  expect(lines.map(({ msg }) => msg)).toEqual(['begins', 'ends', 'alerted']);
});

test('only its owner may read the log, also one that others could read before', async () => {
  const { file } = await crashed('');
  const mode = async (): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);
  expect(await mode()).toBe('600');
  await chmod(file, 0o644);
  await runProgram(program(file, '')).ended;
  expect(await mode()).toBe('600');
});
