import { useLocale } from '#kit/locale/locale.ts';
import { enPayForm } from './en-pay-form.ts';
import { nbPayForm, type PayFormTexts } from './nb-pay-form.ts';

/** These texts are loaded with the screens of paying, and not with the app. */
export function usePayFormTexts(): PayFormTexts {
  return useLocale() === 'en' ? enPayForm : nbPayForm;
}
