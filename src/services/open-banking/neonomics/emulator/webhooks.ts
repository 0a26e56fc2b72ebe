import { randomUUID } from 'node:crypto';
import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import type { EmulatorContext } from '#emulation/emulator.ts';
import { WebhookQueue, type SignedWebhook } from '#emulation/webhooks.ts';
import { decimal } from './account-routes.ts';
import { statusOf } from './payment-description.ts';
import type { Payment } from './world.ts';

const headers = { 'content-type': 'application/json' };

/** To the one address that was registered, with the key that was chosen for it and nothing over the body. */
export function createWebhooks(
  context: EmulatorContext,
  { url, key }: { url: string; key: string },
): WebhookQueue<Payment> {
  const keyed = (body: string, apiKey: string): SignedWebhook => ({
    url,
    body,
    headers: { ...headers, 'api-key': apiKey },
  });
  return new WebhookQueue(context, {
    sign: (payment) => keyed(JSON.stringify(eventOf(payment, context.clock.now())), key),
    redeliveryDelaysMs: () => [1_000, 5_000, 30_000, 120_000],
    acknowledges: (status) => status >= 200 && status < 300,
    corruptions: {
      unsigned: ({ body }) => ({ url, body, headers }),
      foreign_key: ({ body }) => keyed(body, randomUUID()),
    },
  });
}

/** The body as documented for Nello Pay. */
function eventOf(payment: Payment, at: Date): object {
  const { order, createdAt } = payment;
  return {
    referenceId: payment.id,
    payment: {
      amount: decimal(order.amountOere),
      currency: 'NOK',
      remittanceInfo: order.kid ?? order.text ?? '',
    },
    creditor: { name: order.creditorName, iban: ibanFromAccountNumber(order.creditorAccountNumber) },
    debtor: { iban: ibanFromAccountNumber(order.debtorAccountNumber) },
    status: checkoutStatusOf(payment),
    createdDate: createdAt.toISOString(),
    lastModifiedDate: at.toISOString(),
  };
}

function checkoutStatusOf(payment: Payment): string {
  switch (statusOf(payment)) {
    case 'ACSC':
    case 'ACCC':
      return 'COMPLETED';
    case 'RJCT':
      return 'PAYMENT_FAILED';
    case 'CANC':
      return 'CANCELLED';
    case 'NONTRACKABLE':
      return 'NONTRACKABLE';
    default:
      return 'INITIATED';
  }
}
