import type { Plugin } from 'vite';
import type { Locale } from '#domain/locale.ts';
import type { FrontWords } from '#http/contract/front-words.ts';
import { en } from '../texts/en.ts';
import { nb, type Texts } from '../texts/nb.ts';

/** Adds the first words of the front page to the bundle, for the server, which shows them before the app starts. */
export const frontWords: Plugin = {
  name: 'front-words',
  generateBundle() {
    const words: Record<Locale, FrontWords> = { nb: wordsOf(nb), en: wordsOf(en) };
    this.emitFile({ type: 'asset', fileName: '.vite/front-words.json', source: JSON.stringify(words) });
  },
};

function wordsOf({ front: { title, lead, signIn, requirement } }: Texts): FrontWords {
  return { title, lead, signIn, requirement };
}
