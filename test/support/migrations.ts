import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { newScratchDirectory } from './scratch.ts';

/** A folder with these migrations, by name. Gone with the test. */
export async function migrationsOf(files: Readonly<Record<string, string>>): Promise<URL> {
  const directory = await newScratchDirectory('drop-migrations-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(directory, name), `${sql}\n`);
  return pathToFileURL(`${directory}/`);
}
