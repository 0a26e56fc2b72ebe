import { useLocale } from '#kit/locale/locale.ts';
import { enPaymentRail } from './en-payment-rail.ts';
import { nbPaymentRail, type PaymentRailTexts } from './nb-payment-rail.ts';

/** These texts are loaded with the page of a payment, and not with the app. */
export function usePaymentRailTexts(): PaymentRailTexts {
  return useLocale() === 'en' ? enPaymentRail : nbPaymentRail;
}
