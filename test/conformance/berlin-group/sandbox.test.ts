import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDirectory, startSandbox, type RunningSandbox } from '../../support/sandbox.ts';
import { root } from '../../tidy/tree.ts';

const run = promisify(execFile);
/** Long enough for a machine that does much else. */
const timeout = 180_000;

let sandbox: RunningSandbox;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  const environment = { OPENBANKING_PROVIDER: 'berlin-group' };
  sandbox = await startSandbox({ dataDirectory, environment });
}, timeout);
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, timeout);

test.each([
  ['DNB', 'at the bank'],
  ['Handelsbanken', "in the bank's app"],
])('a customer links and pays directly at %s', { timeout }, async (bank, approved) => {
  const parameters = ['bin/drop.js', 'smoke', '--json', '--url', sandbox.appOrigin, '--bank', bank];
  const { stdout } = await run(process.execPath, parameters, { cwd: root });
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string; ok: boolean; detail: string });
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(steps.find(({ step }) => step === 'link a bank')?.detail).toContain(`approved ${approved}`);
  expect(steps.map(({ step }) => step)).toContain('settled');
});
