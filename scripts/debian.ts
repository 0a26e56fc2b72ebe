import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';

const answerMs = 20_000;
const installMs = 600_000;

/** Installs a package of Debian, where that needs no question. Returns whether it is installed. */
export function installFromDebian(name: string): boolean {
  const prefix = privilege();
  if (prefix === undefined || !existsSync('/usr/bin/apt-get')) return false;
  process.stdout.write(`Installing ${name} from the Debian archive.\n`);
  return (
    run([...prefix, 'apt-get', 'update', '-q']) &&
    run([...prefix, 'apt-get', 'install', '-yq', '--no-install-recommends', name])
  );
}

/** How to become root without a question; undefined when that cannot be done. */
function privilege(): string[] | undefined {
  if (process.getuid?.() === 0) return ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const canSudo = spawnSync('sudo', ['-n', 'true'], { timeout: answerMs }).status === 0;
  return canSudo ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : undefined;
}

function run([command = '', ...parameters]: string[]): boolean {
  return spawnSync(command, parameters, { stdio: 'inherit', timeout: installMs }).status === 0;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether the program at `path` tells its version. */
export function answers(path: string): boolean {
  return spawnSync(path, ['--version'], { timeout: answerMs }).status === 0;
}
