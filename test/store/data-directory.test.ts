import { chmod, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDataDirectory } from '#store/embedded/data-directory.ts';
import { newScratchDirectory } from '../support/scratch.ts';

async function scratch(): Promise<string> {
  const directory = await newScratchDirectory('drop-data-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('a data directory is made for its user only', async () => {
  const directory = join(await scratch(), '.drop');
  await makeDataDirectory(directory, 0o700);
  expect(await modeOf(directory)).toBe('700');
});

test('a data directory of earlier runs that others may read is closed to them', async () => {
  const directory = await scratch();
  await writeFile(join(directory, 'drop.log'), '');
  await chmod(directory, 0o755);
  await makeDataDirectory(directory, 0o700);
  expect(await modeOf(directory)).toBe('700');
});

test('a data directory that allows less is left so', async () => {
  const directory = await scratch();
  await chmod(directory, 0o700);
  await makeDataDirectory(directory, 0o711);
  expect(await modeOf(directory)).toBe('700');
});

test('a directory that also holds something else is left as it is', async () => {
  const directory = await scratch();
  await writeFile(join(directory, 'another'), '');
  await chmod(directory, 0o755);
  await makeDataDirectory(directory, 0o700);
  expect(await modeOf(directory)).toBe('755');
});
