import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest undici that `@drop/guarded-call` allows. */
const oldestUndici = 'undici@7.2.0';

/** Nothing listens there, so that the call certainly was not sent. */
const nowhere = 'http://127.0.0.1:1';
const notSent = 'provider_unavailable, outcome not_sent';

/** Packs the packages and installs them under `directory`, with the oldest undici. Returns their project. */
export function installPackages(root: string, directory: string): string {
  const project = join(directory, 'packages');
  mkdirSync(project);
  execFileSync(process.execPath, ['scripts/build-packages.ts'], { cwd: root, stdio: 'ignore' });
  const folders = ['./packages/guarded-call', './packages/webhook-inbox'];
  const pack = ['pack', '--silent', '--pack-destination', project, ...folders];
  const packed = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const flags = ['--no-audit', '--no-fund', '--loglevel', 'error'];
  const archives = packed.map((name) => `./${name}`);
  execFileSync('npm', ['install', ...flags, ...archives, oldestUndici], { cwd: project, stdio: 'inherit' });
  copyFileSync(join(root, 'packages/guarded-call/example.js'), join(project, 'call.js'));
  writeFileSync(
    join(project, 'inbox.js'),
    `await import('@drop/webhook-inbox'); await import('@drop/webhook-inbox/postgres');`,
  );
  return project;
}

/** The faults of the packages of `project` on `node`: one package makes a call, the other is imported. */
export function faultOfPackages(node: string, project: string): string | undefined {
  const env = { PATH: process.env['PATH'], BANK_URL: nowhere };
  const run = (program: string): string =>
    execFileSync(node, [program], { cwd: project, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    run('inbox.js');
    const said = run('call.js');
    return said.includes(notSent) ? undefined : `the call ended otherwise: ${said}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
