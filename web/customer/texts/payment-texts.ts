import type { Locale } from '#domain/locale.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { enPayment } from './en-payment.ts';
import { nbPayment } from './nb-payment.ts';

const texts: Record<Locale, typeof nbPayment> = { nb: nbPayment, en: enPayment };

/** The texts of a payment's page that no other screen has. They come with it, after the first screen. */
export function usePaymentTexts(): typeof nbPayment {
  return texts[useLocale()];
}
