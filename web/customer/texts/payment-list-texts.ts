import type { Locale } from '#domain/locale.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { enPaymentList } from './en-payment-list.ts';
import { nbPaymentList } from './nb-payment-list.ts';

const texts: Record<Locale, typeof nbPaymentList> = { nb: nbPaymentList, en: enPaymentList };

/** The texts of the list of payments. They come with it, after the first screen. */
export function usePaymentListTexts(): typeof nbPaymentList {
  return texts[useLocale()];
}
