import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDirectory, startSandbox, type RunningSandbox } from '../../support/sandbox.ts';

const run = promisify(execFile);
const startMsMax = 180_000;

/** All of Drop, with every provider live and new customers at this one. */
let sandbox: RunningSandbox;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  sandbox = await startSandbox({ dataDirectory, environment: { OPENBANKING_PROVIDER: 'neonomics' } });
}, startMsMax);
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, startMsMax);

test.each([
  ['asks for the national identity number', 'DNB'],
  ['wants a consent before a payment', 'Nordea'],
  ['waits for the completion', 'Handelsbanken'],
])('a customer links and pays at a bank that %s', { timeout: startMsMax }, async (_way, bank) => {
  const smoke = ['bin/drop.js', 'smoke', '--json', '--url', sandbox.appOrigin, '--bank', bank];
  const { stdout } = await run(process.execPath, smoke);
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string; ok: boolean });
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(steps.map(({ step }) => step)).toContain('settled');
});
