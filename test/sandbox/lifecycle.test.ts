import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { Visitor } from '#cli/visitor.ts';
import { launchSandbox, newDataDirectory, startSandbox, type RunningSandbox } from '../support/sandbox.ts';

const run = promisify(execFile);

const longer = { timeout: 180_000 };

async function dataDirectory(): Promise<string> {
  const directory = await newDataDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function smoke(url: string): Promise<{ step: string; ok: boolean }[]> {
  const { stdout } = await run(process.execPath, ['bin/drop.js', 'smoke', '--json', '--url', url]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string; ok: boolean });
}

/** What `drop doctor --online` finds wrong with the sandbox of a directory, read from the file that it keeps there. */
async function failedFindings(directory: string): Promise<unknown[]> {
  const environment = { PATH: process.env['PATH'], DROP_DATA_DIR: directory };
  const doctor = ['bin/drop.js', 'doctor', '--online', '--json'];
  const { stdout } = await run(process.execPath, doctor, { env: environment });
  const { environment: kind, findings } = JSON.parse(stdout) as {
    environment: string;
    findings: { severity: string; area: string }[];
  };
  expect([kind, findings.some(({ area }) => area === 'services')]).toEqual(['sandbox', true]);
  return findings.filter(({ severity }) => severity === 'failed');
}

/** The process id of a sandbox's PostgreSQL server, from its pid file. */
async function databasePid(directory: string): Promise<number> {
  return Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Whether a process exists; a zombie does not count. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) Z /.test(stat);
}

/** PostgreSQL removes its pid file shortly before it ends. */
async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid)).toBe(false);
}

/** A sandbox that is stopped after the test, whatever its result. */
async function sandboxFor(start: Parameters<typeof startSandbox>[0]): Promise<RunningSandbox> {
  const sandbox = await startSandbox(start);
  onTestFinished(async () => {
    await sandbox.stop();
  });
  return sandbox;
}

const databaseStep = (sandbox: RunningSandbox): unknown =>
  sandbox.events.find(({ event, ['step']: step }) => event === 'done' && step === 'database')?.['detail'];

test('the whole journey works in the sandbox, and Slack receives the start and the stop', async () => {
  const directory = await dataDirectory();
  const sandbox = await sandboxFor({ dataDirectory: directory });
  const steps = await smoke(sandbox.appOrigin);
  expect(steps.map(({ ok }) => ok)).toEqual(Array(10).fill(true));
  const channel = await new Visitor().visit(sandbox.emulators['slack'] ?? '');
  expect(channel.body).toContain('Drop started');
  expect(await failedFindings(directory)).toEqual([]);
  const pid = await databasePid(directory);
  expect(await sandbox.stop('SIGINT')).toBe(0);
  await expectGone(pid);
  expect(await readdir(directory)).not.toContain('environment.json');
  expect(sandbox.events.at(-1)?.event).toBe('stopped');
});

test('the whole journey works in mock mode, with no emulator', async () => {
  const environment = { NEXT_PUBLIC_SERVICE_MODE: 'mock' };
  const sandbox = await sandboxFor({ dataDirectory: await dataDirectory(), environment });
  const steps = await smoke(sandbox.appOrigin);
  expect(steps.map(({ ok }) => ok)).toEqual(Array(10).fill(true));
  expect(sandbox.emulators).toEqual({});
});

test('after kill -9 the next start adopts the database with all its data', async () => {
  const directory = await dataDirectory();
  const killed = await sandboxFor({ dataDirectory: directory });
  await smoke(killed.appOrigin);
  const pid = await databasePid(directory);
  await killed.stop('SIGKILL');
  expect(await isRunning(pid)).toBe(true);

  const sandbox = await sandboxFor({ dataDirectory: directory });
  expect(databaseStep(sandbox)).toBe('PostgreSQL, adopted');
  expect(await databasePid(directory)).toBe(pid);
  const visitor = new Visitor();
  await visitor.press(
    await visitor.visit(`${sandbox.appOrigin}/api/auth/bankid`, { headers: { accept: 'text/html' } }),
  );
  const payments = await visitor.visit(`${sandbox.appOrigin}/api/payments`);
  expect(payments.body).toContain('"status":"settled"');
  await sandbox.stop();
  await expectGone(pid);
});

// Two whole starts and a payment after each.
test(
  'a restart finds the customer, the consent at the bank and the account, and pays from it',
  longer,
  async () => {
    const directory = await dataDirectory();
    const first = await sandboxFor({ dataDirectory: directory, parameters: ['--port', '0'] });
    await smoke(first.appOrigin);
    await first.stop();

    const second = await sandboxFor({ dataDirectory: directory });
    const visitor = new Visitor();
    await visitor.press(
      await visitor.visit(`${second.appOrigin}/api/auth/bankid`, { headers: { accept: 'text/html' } }),
    );
    const { body } = await visitor.visit(`${second.appOrigin}/api/accounts`);
    const [account] = (JSON.parse(body) as { accounts: { id: string }[] }).accounts;
    const refreshed = await visitor.visit(`${second.appOrigin}/api/accounts/${account?.id}/refresh`, {
      method: 'POST',
    });
    expect([refreshed.status, refreshed.body]).toEqual([200, expect.stringContaining('4796350')]);
    await second.stop();

    const fresh = await sandboxFor({ dataDirectory: directory, parameters: ['--fresh'] });
    await visitor.press(
      await visitor.visit(`${fresh.appOrigin}/api/auth/bankid`, { headers: { accept: 'text/html' } }),
    );
    expect((await visitor.visit(`${fresh.appOrigin}/api/accounts`)).body).toBe('{"accounts":[]}');
    await fresh.stop();
  },
);

test('a second Drop on the same data is refused, and the first keeps running', async () => {
  const directory = await dataDirectory();
  const first = await sandboxFor({ dataDirectory: directory });
  const second = launchSandbox({ dataDirectory: directory });
  const failed = await second.until('failed');
  expect(failed['message']).toContain('Another Drop is running');
  expect(await second.ended).toBe(1);
  expect((await new Visitor().visit(`${first.appOrigin}/api/health`)).status).toBe(200);
  await first.stop();
});

test('an interrupt during the start leaves nothing running', async () => {
  const directory = await dataDirectory();
  const sandbox = launchSandbox({ dataDirectory: directory });
  await sandbox.until('done');
  const pid = await databasePid(directory);
  await sandbox.stop('SIGINT');
  await expectGone(pid);
});

test('a port in use is reported with a remedy', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  const sandbox = launchSandbox({ dataDirectory: await dataDirectory(), parameters: ['--port', `${port}`] });
  const failed = await sandbox.until('failed');
  expect(failed['message']).toContain(`Port ${port}, for the app, is in use.`);
  expect(failed['message']).toContain('npm start -- --port');
  expect(await sandbox.ended).toBe(1);
});

test('a file of the sandbox that cannot be read is kept aside, and the start goes on', async () => {
  const directory = await dataDirectory();
  await writeFile(join(directory, 'sandbox.json'), '{"hashKey":"abc","emul');
  const sandbox = await sandboxFor({ dataDirectory: directory });
  const [warning] = sandbox.events.filter(({ event }) => event === 'warning');
  expect(warning?.['message']).toContain('sandbox.json could not be read and is kept as');
  const kept = (await readdir(directory)).filter((name) => name.startsWith('sandbox.json.unreadable-'));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(directory, kept[0] ?? ''), 'utf8')).toBe('{"hashKey":"abc","emul');
});

test('unknown options are refused with the usage', async () => {
  const sandbox = launchSandbox({ dataDirectory: await dataDirectory(), parameters: ['--frsh'] });
  expect((await sandbox.until('failed'))['message']).toContain('Usage: npm start');
  expect(await sandbox.ended).toBe(1);
});

test('health answers 503 "down" while the database is down, and 200 "ok" when it is back', async () => {
  const directory = await dataDirectory();
  const sandbox = await sandboxFor({ dataDirectory: directory });
  const visitor = new Visitor();
  const health = async (): Promise<string> => {
    const { status, body } = await visitor.visit(`${sandbox.appOrigin}/api/health`);
    return `${status} ${body}`;
  };
  expect(await health()).toBe('200 {"status":"ok"}');
  process.kill(await databasePid(directory), 'SIGINT');
  let answer = await health();
  while (answer.startsWith('200')) answer = await health();
  expect(answer).toBe('503 {"status":"down"}');
  const internal = await visitor.visit(`${sandbox.internalOrigin}/api/health`);
  expect([internal.status, internal.body]).toEqual([503, expect.stringContaining('"database":"fail"')]);
  await sandbox.stop('SIGKILL');
});
