import { useLocale } from '#kit/locale/locale.ts';
import { enLegal } from './en-legal.ts';
import { nbLegal, type LegalTexts } from './nb-legal.ts';

/** The texts of the pages about the operator, the terms, privacy and accessibility, which come with these pages. */
export function useLegalTexts(): LegalTexts {
  return useLocale() === 'en' ? enLegal : nbLegal;
}
