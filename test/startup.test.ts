import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'drop-startup-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** An installation whose prepared `zod` exports nothing but `prepared`. */
function installationWith(stampOf: (modules: string) => string): string {
  const modules = temporaryDirectory();
  const cache = join(modules, '.cache/drop');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(modules, '.package-lock.json'), '{}');
  writeFileSync(join(cache, 'zod.js'), 'export const prepared = true;');
  const manifest = { stamp: stampOf(modules), bundles: { zod: 'zod.js' } };
  writeFileSync(join(cache, 'dependencies.json'), JSON.stringify(manifest));
  return modules;
}

function run(program: string, ...parameters: string[]): string {
  const module = ['--input-type=module', '--eval', program, ...parameters];
  return execFileSync(process.execPath, module, { encoding: 'utf8' }).trim();
}

const stampProgram =
  "import { installationStamp } from './bin/startup.js'; console.log(installationStamp(process.argv[1]))";
const importProgram =
  "import { prepareStartup } from './bin/startup.js'; prepareStartup(process.argv[1]);" +
  "console.log((await import('zod')).prepared ?? 'as installed')";

const asUrl = (directory: string): string => `${pathToFileURL(directory).href}/`;

describe('a start', () => {
  test('takes a dependency from the file that was prepared', () => {
    const modules = installationWith((directory) => run(stampProgram, asUrl(directory)));
    expect(run(importProgram, asUrl(modules))).toBe('true');
  });

  test('takes a dependency from where npm put it when other packages are installed by now', () => {
    const modules = installationWith(() => '1:2');
    expect(run(importProgram, asUrl(modules))).toBe('as installed');
  });

  test('takes a dependency from where npm put it when nothing was prepared', () => {
    expect(run(importProgram, asUrl(temporaryDirectory()))).toBe('as installed');
  });
});

test('what is prepared of a dependency exports all that the dependency exports', async () => {
  const directory = temporaryDirectory();
  execFileSync(process.execPath, ['scripts/bundle-dependencies.ts', directory, 'stamp']);
  const manifest = JSON.parse(readFileSync(join(directory, 'dependencies.json'), 'utf8')) as {
    bundles: Record<string, string>;
  };
  expect(Object.keys(manifest.bundles)).toEqual(
    expect.arrayContaining(['hono', 'kysely', 'pg', 'undici', 'zod']),
  );
  // Loaded with the first document.
  expect(Object.keys(manifest.bundles)).not.toContain('pdfkit');
  for (const [name, file] of Object.entries(manifest.bundles)) {
    const installed = Object.keys((await import(name)) as object).filter((key) => key !== 'module.exports');
    const prepared = Object.keys((await import(pathToFileURL(join(directory, file)).href)) as object);
    expect(prepared.sort(), name).toEqual(installed.sort());
  }
});
