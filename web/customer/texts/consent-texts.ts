import { useLocale } from '#kit/locale/locale.ts';
import { enConsents } from './en-consents.ts';
import { nbConsents, type ConsentTexts } from './nb-consents.ts';

/** These texts are loaded with their screens, in both languages, and not with the app. */
export function useConsentTexts(): ConsentTexts {
  return useLocale() === 'en' ? enConsents : nbConsents;
}

/** The texts for those of `words` that this version of the app knows. */
export function wordsOf(words: readonly string[], texts: Readonly<Record<string, string>>): string[] {
  return words.flatMap((word) => (Object.hasOwn(texts, word) ? [texts[word] ?? ''] : []));
}

/** Words that each begin with a capital as one list in a sentence. */
export function sentenceOf(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : word.toLowerCase())).join(', ');
}
