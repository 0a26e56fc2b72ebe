import { paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import type { BookedPayment, PaymentHistory } from '#domain/payment/history.ts';
import type { BankPaymentStatus } from '#emulation/bank/world.ts';
import type { Database } from '#store/database.ts';
import { historiesOf } from '../support/payment-histories.ts';
import type { BanksBooks, BooksPayment } from './stage.ts';

const states: Record<BankPaymentStatus, BookedPayment['state']> = {
  RCVD: 'waiting',
  ACTC: 'under_way',
  ACSP: 'under_way',
  ACSC: 'carried_out',
  ACCC: 'carried_out',
  RJCT: 'ended',
  CNCL: 'ended',
};

/** The payments in the banks' books, as the validator reads them. */
export function booked({ payments }: Pick<BanksBooks, 'payments'>): BookedPayment[] {
  return payments.map((payment) => ({
    provider: payment.provider,
    reference: payment.id,
    paymentId: payment.endToEndId === undefined ? undefined : paymentIdOf(payment.endToEndId),
    state: states[payment.status],
    order: orderOf(payment),
  }));
}

function orderOf(payment: BooksPayment): BookedPayment['order'] {
  const { amountOere, creditorAccountNumber, debtorAccountNumber, endToEndId } = payment;
  const money = { amount: amountOere, currency: 'NOK' } as const;
  return { money, creditorAccountNumber, debtorAccountNumber, endToEndId };
}

/** Every payment that Drop holds, under the id by which its bank's books know it. */
export async function histories(database: Database): Promise<PaymentHistory[]> {
  const payments = await historiesOf(database);
  return payments.map((payment) => ({ ...payment, reference: atBank(payment.reference) }));
}

/** Some references are the bank's address of the payment, which ends with its id. */
const atBank = (reference: string | undefined): string | undefined => reference?.split('/').at(-1);
