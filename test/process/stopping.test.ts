import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { createTestDatabase } from '../support/test-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Drop's server on mocks, as a process of its own, once it serves. `command` is run with a shell, if given. */
async function serve(environment: Record<string, string>, command?: string) {
  const database = await createTestDatabase(inject('postgresUrl'));
  const [file, ...parameters] = command ? ['sh', '-c', command] : [process.execPath, 'bin/serve.js'];
  const child = spawn(file ?? '', parameters, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      NEXT_PUBLIC_SERVICE_MODE: 'mock',
      DROP_ENVIRONMENT: 'sandbox',
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await database.drop();
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Drop is serving')) continue;
    const { port, internalAddress } = JSON.parse(line) as { port: number; internalAddress: string };
    const lines: unknown[] = [];
    createInterface({ input: child.stdout }).on('line', (text) => lines.push(JSON.parse(text)));
    return { child, ended, lines, origins: [`http://127.0.0.1:${port}`, internalAddress] };
  }
  throw new Error('the process ended before it served');
}

async function statusesAt(origins: readonly string[], path: string): Promise<number[]> {
  return Promise.all(origins.map(async (origin) => (await fetch(`${origin}${path}`)).status));
}

test('after SIGTERM a process is not ready, and serves on while load balancers turn to others', async () => {
  const { child, origins } = await serve({ SHUTDOWN_DELAY_SECONDS: '600' });
  expect(await statusesAt(origins, '/api/health/ready')).toEqual([200, 200]);
  child.kill('SIGTERM');
  await expect.poll(() => statusesAt(origins, '/api/health/ready')).toEqual([503, 503]);
  expect(await statusesAt(origins, '/api/health')).toEqual([200, 200]);
  expect(await statusesAt(origins, '/api/health/live')).toEqual([200, 200]);
});

test('a process that need not serve on ends at SIGTERM', async () => {
  const { child, ended } = await serve({});
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the log says which signal a process stops for, and that it has stopped', async () => {
  const { child, ended, lines } = await serve({});
  child.kill('SIGTERM');
  await ended;
  await expect
    .poll(() => lines)
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 30, msg: 'Drop is shutting down', signal: 'SIGTERM' }),
        expect.objectContaining({ level: 30, msg: 'Drop has stopped' }),
      ]),
    );
});

test('Ctrl-C waits for no load balancer', async () => {
  const { child, ended } = await serve({ SHUTDOWN_DELAY_SECONDS: '600' });
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('a process whose npm was told to end by a signal ends, too', async () => {
  // As npm does it, with a shell that does not pass the signal on.
  const byShell = `"${process.execPath}" bin/serve.js; true`;
  const { child, origins } = await serve({ npm_lifecycle_event: 'serve' }, byShell);
  child.kill('SIGTERM');
  const isGone = async (): Promise<boolean> =>
    fetch(`${origins[0]}/api/health/live`).then(
      () => false,
      () => true,
    );
  await expect.poll(isGone).toBe(true);
});

/** A program whose teardown never ends: what it told, and with which code it ended, `afterMs` after the signal. */
async function stuckFor(afterMs: number): Promise<{ code: number | null; told: string }> {
  const { child, ended } = runProgram(`
    import { ManualClock } from '#domain/clock.ts';
    import { stopOnSignals } from '#process/signals.ts';
    import { createTeardown } from '#process/teardown.ts';
    const clock = new ManualClock();
    const teardown = createTeardown();
    teardown.later(() => new Promise(() => undefined));
    stopOnSignals(teardown, { clock, onFailure: (message) => console.log(message) });
    process.emit('SIGTERM');
    setImmediate(() => {
      clock.advance(${afterMs});
      process.exit(3);
    });
  `);
  const told: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => told.push(chunk));
  return { code: await ended, told: Buffer.concat(told).toString() };
}

test('a process that cannot finish stopping is cut off 22 s after the signal, and not before', async () => {
  const [before, after] = await Promise.all([stuckFor(21_999), stuckFor(22_000)]);
  expect(before).toEqual({ code: 3, told: '' });
  expect(after).toEqual({ code: 1, told: 'stopping took more than 22000 ms: what was left is cut off\n' });
});
