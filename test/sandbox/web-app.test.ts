import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { requireWebApp } from '#sandbox/web-build.ts';
import { newScratchDirectory } from '../support/scratch.ts';

/** A repository that holds nothing but an empty file at each of `paths`. */
async function repository(...paths: string[]): Promise<string> {
  const root = await newScratchDirectory('drop-root-');
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), '');
  }
  return root;
}

test('a start without a built web app and without the packages that build it is refused with the remedy', async () => {
  const root = await repository();
  expect(() => requireWebApp(root)).toThrow(/not built.*npm ci --include=dev/s);
});

test.each(['web/dist/index.html', 'node_modules/vite/bin/vite.js'])(
  'a start with %s is not refused',
  async (path) => {
    const root = await repository(path);
    expect(() => requireWebApp(root)).not.toThrow();
  },
);
