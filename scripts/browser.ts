import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const answerMs = 20_000;
const installMs = 600_000;

export const howToGetABrowser =
  'install Chromium (on Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chromium or Chrome';

/** The Chromium for the end-to-end tests: `CHROMIUM_PATH`, else the first on `PATH` that answers. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment['CHROMIUM_PATH'];
  if (given) return given;
  const folders = (environment['PATH'] ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...macPaths].find((path) => isExecutable(path) && answers(path));
}

/** Finds a browser or, where Debian's package can be installed without asking, installs it. */
export function ensureBrowser(): string | undefined {
  const found = findBrowser();
  if (found) return found;
  const prefix = privilege();
  if (prefix === undefined || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stdout.write('No browser found: installing chromium from the Debian archive.\n');
  const isInstalled =
    run([...prefix, 'apt-get', 'update', '-q']) &&
    run([...prefix, 'apt-get', 'install', '-yq', '--no-install-recommends', 'chromium']);
  return isInstalled ? findBrowser() : undefined;
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Some distributions put a script in place of the browser that only says how to install it. */
function answers(path: string): boolean {
  return spawnSync(path, ['--version'], { timeout: answerMs }).status === 0;
}
