import { useLocale } from '#kit/locale/locale.ts';
import { enPay } from './en-pay.ts';
import { nbPay, type PayTexts } from './nb-pay.ts';

/** These texts are loaded with the screens of paying, and not with the app. */
export function usePayTexts(): PayTexts {
  return useLocale() === 'en' ? enPay : nbPay;
}
