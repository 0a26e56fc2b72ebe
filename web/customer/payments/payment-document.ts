import type { Payment } from '#http/contract/payments.ts';

/**
 * The document that a payment has. The receipt is for a settled payment. The confirmation is what PSD2 article 46 asks
 * for right after the initiation: the customer has approved the payment, and the bank has it and has not carried it
 * out. Any other payment has none, since nothing happened that a document could prove.
 */
export function documentOf({
  status,
  isContradicted,
}: Pick<Payment, 'status' | 'isContradicted'>): 'receipt' | 'confirmation' | undefined {
  if (isContradicted) return undefined;
  switch (status) {
    case 'settled':
      return 'receipt';
    case 'authorised':
    case 'scheduled':
    case 'processing':
      return 'confirmation';
    case 'created':
    case 'initiating':
    case 'unknown':
    case 'awaiting_authorisation':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return undefined;
  }
}
