import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import type { Misreport } from '#emulation/bank/world.ts';
import { decimal } from './account-routes.ts';
import type { Payment } from './world.ts';

/** Every product is a domestic one. */
const paymentCurrency = 'NOK';

/** As in ISO 20022, but for a payment that was cancelled and one that is lost. */
export function statusOf({ status, isLost }: Payment): string {
  if (isLost && status !== 'RCVD') return 'NONTRACKABLE';
  return status === 'CNCL' ? 'CANC' : status;
}

/** `GET /ics/v3/payments/{product}/{id}`. */
export function describePayment(payment: Payment, misreport: Misreport | undefined): object {
  return {
    paymentId: payment.id,
    status: statusOf(payment),
    creationDateTime: payment.createdAt.toISOString(),
    type: payment.product,
    ...(misreport === 'order' ? {} : describeOrder(payment, misreport)),
  };
}

function describeOrder({ order, executionDate }: Payment, misreport: Misreport | undefined): object {
  const creditor = misreport === 'creditor' ? order.debtorAccountNumber : order.creditorAccountNumber;
  return {
    instrumentedAmount: decimal(misreport === 'amount' ? order.amountOere + 1 : order.amountOere),
    currency: paymentCurrency,
    creditorAccount: accountOf(creditor),
    debtorAccount: accountOf(order.debtorAccountNumber),
    ...(order.text !== undefined && { remittanceInformationUnstructured: order.text }),
    ...(order.kid !== undefined && {
      remittanceInformationStructured: { reference: order.kid, referenceType: 'KID' },
    }),
    ...(executionDate !== undefined && { requestedExecutionDate: executionDate }),
  };
}

const accountOf = (bban: string): object => ({ bban, iban: ibanFromAccountNumber(bban) });
