import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '#domain/locale.ts';

/** What a visitor reads and can do at once on the front page, in the app's own words. */
export interface FrontWords {
  title: string;
  lead: string;
  /** The link that signs in. */
  signIn: string;
  requirement: string;
}

/** The words that the build of the web app left in `directory`; undefined if it was built without them. */
export async function readFrontWords(directory: string): Promise<Record<Locale, FrontWords> | undefined> {
  const content = await readFile(join(directory, '.vite', 'front-words.json'), 'utf8').catch(() => undefined);
  return content === undefined ? undefined : (JSON.parse(content) as Record<Locale, FrontWords>);
}
