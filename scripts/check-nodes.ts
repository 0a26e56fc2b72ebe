// `npm run check-nodes`: starts Drop's server on each Node that package.json allows, with the pinned Node beside it and
// without, and says which of them served; it also tries the packages of packages/ on each. Installs the other
// versions into a directory of their own, from npm.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultOfPackages, installPackages } from './packages-on-node.ts';
import { serveOnce } from './serve-once.ts';
import { print } from './steps.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The major versions, and whether each can run Drop by itself: Node 20 has to refuse, as it runs no TypeScript. */
const versions: readonly { major: number; runsAlone: boolean }[] = [
  { major: 20, runsAlone: false },
  { major: 22, runsAlone: true },
  { major: 24, runsAlone: true },
  { major: 26, runsAlone: true },
];

const refusal = 'Drop needs Node 22.18 or later';

interface Manifest {
  optionalDependencies: Record<string, string>;
}

/** The package of npm that holds Node for this platform. */
function packageForPlatform(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const found = Object.keys(optionalDependencies).find((name) => name.endsWith(platform));
  if (found === undefined) throw new Error(`no package of Node is known for ${platform}`);
  return found;
}

/** Installs the latest Node of `major` under `directory`; returns its program. */
function install(major: number, directory: string): string {
  const name = packageForPlatform();
  const prefix = join(directory, `${major}`);
  mkdirSync(prefix);
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
  execFileSync('npm', ['install', '--prefix', prefix, ...flags, `${name}@${major}`], { stdio: 'inherit' });
  return join(prefix, 'node_modules', name, 'bin', 'node');
}

/** The repository as it is where no Node was pinned: the programs find none beside them. */
function withoutPinnedNode(directory: string): string {
  const copy = join(directory, 'without');
  mkdirSync(copy);
  cpSync(join(root, 'bin'), join(copy, 'bin'), { recursive: true });
  symlinkSync(join(root, 'src'), join(copy, 'src'));
  return join(copy, 'bin');
}

function tell(what: string, fault: string | undefined): void {
  print(fault === undefined ? `✓ ${what}` : `✗ ${what}: ${fault}`);
  if (fault !== undefined) process.exitCode = 1;
}

const directory = mkdtempSync(join(tmpdir(), 'drop-nodes-'));
try {
  const without = withoutPinnedNode(directory);
  const project = installPackages(root, directory);
  for (const { major, runsAlone } of versions) {
    const node = install(major, directory);
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    tell(
      `${version} beside the pinned Node`,
      await serveOnce({ node, program: join(root, 'bin/serve.js'), root }),
    );
    tell(`${version} runs the packages`, faultOfPackages(node, project));
    const fault = await serveOnce({ node, program: join(without, 'serve.js'), root });
    if (runsAlone) tell(`${version} alone`, fault);
    else
      tell(
        `${version} alone is refused`,
        fault?.startsWith(refusal) === true ? undefined : (fault ?? 'it serves'),
      );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
