/**
 * Why a payment did not go through, in words that hold for every provider. The API's words, too: one is added here and
 * in the app's texts.
 */
export const paymentFailureReasons = [
  'insufficient_funds',
  'limit_exceeded',
  'creditor_account_invalid',
  'debtor_account_blocked',
  'cancelled_by_customer',
  'authorisation_expired',
  'rejected_by_bank',
  'not_sent',
] as const;
export type PaymentFailureReason = (typeof paymentFailureReasons)[number];

/** ISO 20022 external status reason codes that say something to the customer (ExternalStatusReason1Code). */
const isoReasons: Readonly<Record<string, PaymentFailureReason>> = {
  AC01: 'creditor_account_invalid',
  AC03: 'creditor_account_invalid',
  AC04: 'creditor_account_invalid',
  AC06: 'debtor_account_blocked',
  AM02: 'limit_exceeded',
  AM04: 'insufficient_funds',
  AM14: 'limit_exceeded',
};

/** The reason behind an ISO 20022 status reason code; undefined for a code that says nothing more than "no". */
export function reasonOfIsoCode(code: string | undefined): PaymentFailureReason | undefined {
  return code !== undefined && Object.hasOwn(isoReasons, code) ? isoReasons[code] : undefined;
}
