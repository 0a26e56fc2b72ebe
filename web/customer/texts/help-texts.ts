import { useLocale } from '#kit/locale/locale.ts';
import { enHelp } from './en-help.ts';
import { nbHelp, type HelpTexts } from './nb-help.ts';

/** These texts are loaded with the help page, in both languages, and not with the app. */
export function useHelpTexts(): HelpTexts {
  return useLocale() === 'en' ? enHelp : nbHelp;
}
