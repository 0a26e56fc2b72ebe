import { useLocale } from '#kit/locale/locale.ts';
import { enVerify } from './en-verify.ts';
import { nbVerify, type VerifyTexts } from './nb-verify.ts';

/** These texts are loaded with the screens that ask for it, and not with the app. */
export function useVerifyTexts(): VerifyTexts {
  return useLocale() === 'en' ? enVerify : nbVerify;
}
