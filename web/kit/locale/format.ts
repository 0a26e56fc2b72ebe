import { formats, type Format } from './formats.ts';
import { useLocale } from './locale.ts';

/** How numbers and times are written in the language that the reader chose. */
export function useFormat(): Format {
  return formats[useLocale()];
}
