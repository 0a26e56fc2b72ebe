import type { Locale } from '#domain/locale.ts';
import { holdingWords } from './root-texts.ts';

/** How many of each thing an emulator holds, by what its state lists or counts as sent; in words of `language`. */
export function holdingsOf(state: unknown, language: Locale): [name: string, count: number][] {
  if (typeof state !== 'object' || state === null) return [];
  return Object.entries(state).flatMap(([key, held]: [string, unknown]): [string, number][] => {
    const words = holdingWords[key];
    const count = countOf(held);
    return words === undefined || count === undefined ? [] : [[words[language], count]];
  });
}

function countOf(held: unknown): number | undefined {
  if (Array.isArray(held)) return held.length;
  const isCounted = typeof held === 'object' && held !== null && 'sent' in held;
  return isCounted && typeof held.sent === 'number' ? held.sent : undefined;
}
