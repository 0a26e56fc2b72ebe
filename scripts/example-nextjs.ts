// `npm run example:nextjs`: installs examples/nextjs into a copy, builds and starts it, and runs the HTTP suite of
// test/mounts and the journey of test/e2e against it. Takes some minutes, and downloads Next.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmulatedWorld } from '../test/mounts/emulated.ts';
import { startHost } from '../test/mounts/host.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const outputBytesMax = 16_777_216;

/** The example, with Drop linked to this repository and everything else installed. */
async function installedCopy(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'drop-nextjs-'));
  const isPart = (path: string): boolean => !/\/(node_modules|\.next|\.drop)$/.test(path);
  await cp(join(root, 'examples/nextjs'), copy, { recursive: true, filter: isPart });
  const manifest = join(copy, 'package.json');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace('file:../..', `file:${root}`));
  await inCopy(copy, 'npm', [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--install-links=false',
  ]);
  return copy;
}

async function inCopy(directory: string, program: string, parameters: readonly string[]): Promise<void> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { stdout } = await run(program, parameters, { cwd: directory, env, maxBuffer: outputBytesMax });
  process.stdout.write(stdout);
}

/** Runs a program of this repository's, shown as it runs. Resolves with whether it passed. */
async function passes(parameters: readonly string[], environment: Record<string, string>): Promise<boolean> {
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

const copy = await installedCopy();
const world = await startEmulatedWorld();
try {
  const next = 'node_modules/next/dist/bin/next';
  await inCopy(copy, process.execPath, [next, 'build']);
  const host = await startHost({
    command: [next, 'start', '--keepAliveTimeout', '65000', '--port', new URL(world.origin).port],
    directory: copy,
    environment: { ...world.environment, NEXT_MANUAL_SIG_HANDLE: 'true', NEXT_TELEMETRY_DISABLED: '1' },
    ready: /Ready in/,
  });
  const mounted = { MOUNTED_AT: world.origin };
  // First, because its customer must be new; the suite's may be known.
  const journey = [
    'node_modules/@playwright/test/cli.js',
    'test',
    'journey',
    '--project',
    'desktop',
    '--timeout',
    '240000',
  ];
  const browser = await passes([...journey, '--grep', 'front page to the receipt'], mounted);
  const suite = await passes(['node_modules/vitest/vitest.mjs', 'run', 'test/mounts'], mounted);
  const code = await host.stop();
  process.stdout.write(`HTTP suite: ${suite}, journey: ${browser}, exit code of Next: ${code}\n`);
  process.exitCode = suite && browser && code === 0 ? 0 : 1;
} finally {
  await world.stop();
  await rm(copy, { recursive: true, force: true });
}
