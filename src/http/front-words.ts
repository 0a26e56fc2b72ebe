import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '#domain/locale.ts';
import type { ServedWords } from './contract/front-words.ts';

/** The words that the build of the web app left in `directory`; undefined if it was built without them. */
export async function readFrontWords(directory: string): Promise<Record<Locale, ServedWords> | undefined> {
  const content = await readFile(join(directory, '.vite', 'front-words.json'), 'utf8').catch(() => undefined);
  return content === undefined ? undefined : (JSON.parse(content) as Record<Locale, ServedWords>);
}
