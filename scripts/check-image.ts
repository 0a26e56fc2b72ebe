// `npm run check-image`: carries out the steps of the Dockerfile without a container engine, then does what
// compose.yaml does: roles, migrations, PgBouncer, and the command of the image as its unprivileged user, on files that
// it cannot write. The health check must succeed, and SIGTERM must end it in order. Needs root, and PgBouncer.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildStages, ownByRoot, type Built } from './image/build.ts';
import { execForm, lastOf } from './image/dockerfile.ts';
import { startDatabase } from './image/database.ts';
import { ensurePgBouncer } from './pgbouncer.ts';
import { print } from './steps.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
/** The user `node` of the image. */
const imageUser = { uid: 1000, gid: 1000 };
const stopMsMax = 40_000;

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A directory of its own that has this process's Node under the name that the image has. */
function pathWithNode(): string {
  return [dirname(realpathSync(process.execPath)), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
}

function build(directory: string): Built {
  const options = { dockerfile: read('Dockerfile'), ignore: read('.dockerignore'), context: root };
  const last = buildStages({ ...options, directory, path: pathWithNode(), print }).at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  const audit = join(last.workingDirectory, 'audit');
  ownByRoot(last.root, (path) => path === audit);
  return last;
}

/** A command in the exec form, as the user of the image, with the environment of the image. */
function inImage(image: Built, command: string[], environment: Record<string, string>) {
  const [program = '', ...parameters] = command;
  const env = { ...image.environment, ...environment, PATH: pathWithNode() };
  return { program, parameters, options: { ...imageUser, cwd: image.workingDirectory, env } };
}

/** @throws with what was wrong. */
async function check(directory: string): Promise<void> {
  const pgBouncer = ensurePgBouncer();
  if (pgBouncer === undefined) throw new Error('no PgBouncer: apt-get install pgbouncer');
  const image = build(directory);
  const { stage } = image;
  if (lastOf(stage, 'USER')?.rest !== 'node') throw new Error('the image does not run as its user node');

  const database = await startDatabase(directory, { pgBouncer, root });
  try {
    const migration = inImage(image, ['node', 'bin/drop.js', 'migrate'], {
      DATABASE_URL: database.migrateUrl,
    });
    print('  migrations, as the role drop_migrate');
    execFileSync(migration.program, migration.parameters, { ...migration.options, stdio: 'ignore' });
    const written = spawnSync('touch', ['bin/x'], { ...imageUser, cwd: image.workingDirectory });
    if (written.status === 0) throw new Error('the user of the image can write to its files');
    await serve(image, database);
  } finally {
    await database.stop();
  }
}

interface Addresses {
  pooledUrl: string;
  directUrl: string;
}

async function serve(image: Built, { pooledUrl, directUrl }: Addresses): Promise<void> {
  const ports = { PORT: '3905', INTERNAL_PORT: '13905', SHUTDOWN_DELAY_SECONDS: '1' };
  const { program, parameters, options } = inImage(image, execForm(lastOf(image.stage, 'CMD')?.rest ?? ''), {
    ...ports,
    DROP_ENVIRONMENT: 'staging',
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    ALLOW_PUBLIC_MOCKS: 'true',
    DATABASE_URL: pooledUrl,
    DATABASE_DIRECT_URL: directUrl,
    AUDIT_ROOTS_DIRECTORY: join(image.workingDirectory, 'audit'),
  });
  const child = spawn(program, parameters, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const warnings: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (/"level":(40|50|60)/.test(line)) warnings.push(line);
      if (line.includes('"scheduled work has begun"')) break;
    }
    child.stdout.resume();
    for (const line of warnings) print(`  ${line}`);
    const health = inImage(image, execForm(lastOf(image.stage, 'HEALTHCHECK')?.rest ?? ''), ports);
    const { status: healthy } = spawnSync(health.program, health.parameters, health.options);
    print(`  health check: ${healthy === 0 ? 'healthy' : `ended with ${healthy}`}`);
    const page = await fetch('http://127.0.0.1:3905/', { headers: { accept: 'text/html' } });
    const report = await fetch('http://127.0.0.1:13905/api/health');
    const { components } = (await report.json()) as { components: Record<string, string> };
    print(`  page: ${page.status}; components: ${JSON.stringify(components)}`);
    child.kill('SIGTERM');
    const ready = await fetch('http://127.0.0.1:3905/api/health/ready');
    print(`  ready after SIGTERM: ${ready.status}`);
    const limit = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
    const [code] = (await ended) as [number | null];
    clearTimeout(limit);
    print(`  ended with ${code}`);
    const isWell = healthy === 0 && page.status === 200 && ready.status === 503 && code === 0;
    const isHearing = components['database'] === 'pass' && components['announcements'] === 'pass';
    if (!isWell || !isHearing) throw new Error('the image does not work as it should');
  } finally {
    child.kill('SIGKILL');
  }
}

if (process.getuid?.() !== 0) {
  print('check-image needs root, to run the image as its own user.');
  process.exit(1);
}
const directory = mkdtempSync(join(tmpdir(), 'drop-image-'));
chmodSync(directory, 0o755);
try {
  await check(directory);
  print('✓ the steps of the image work');
} catch (error) {
  print(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
