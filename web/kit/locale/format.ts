import { formats, type Format } from '#domain/formats.ts';
import { useLocale } from './locale.ts';

/** The formats of numbers and times in the chosen language. */
export function useFormat(): Format {
  return formats[useLocale()];
}
