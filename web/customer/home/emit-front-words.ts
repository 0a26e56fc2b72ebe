import type { Plugin } from 'vite';
import { formats } from '#domain/formats.ts';
import { locales, type Locale } from '#domain/locale.ts';
import type { ServedWords } from '#http/contract/front-words.ts';
import { figureParts } from '#kit/parts/figure-parts.ts';
import { en } from '../texts/en.ts';
import { nb, type Texts } from '../texts/nb.ts';
import { exampleMoney } from './example-money.ts';

const texts: Record<Locale, Texts> = { nb, en };

/** Adds the words of the front page to the bundle, for the server, which shows them before the app starts. */
export const frontWords: Plugin = {
  name: 'front-words',
  generateBundle() {
    const words = Object.fromEntries(locales.map((locale) => [locale, wordsOf(locale)]));
    this.emitFile({ type: 'asset', fileName: '.vite/front-words.json', source: JSON.stringify(words) });
  },
};

function wordsOf(locale: Locale): ServedWords {
  const { front, environment } = texts[locale];
  const amount = figureParts(formats[locale].money(exampleMoney));
  return { front: { ...front, example: { ...front.example, amount } }, environment };
}
