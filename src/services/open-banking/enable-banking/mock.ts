import type { MockOpenBankingProvider } from '#services/open-banking/definition.ts';
import type { PaymentHint } from '#services/open-banking/service.ts';
import { createMockConsents, type MockSources } from './mock-consents.ts';
import { createMockPayments } from './mock-payments.ts';

/**
 * The provider in process: no network, no bank pages, consents given at once, payments that end after two seconds.
 * What is in it is derived from the seed and the customer's id, and is lost with the process.
 */
export function createEnableBankingMock(options: MockSources): MockOpenBankingProvider {
  let hinted: ((hint: PaymentHint) => Promise<void>) | undefined;
  const consents = createMockConsents(options);
  const payments = createMockPayments({
    clock: options.clock,
    entropy: options.entropy,
    ledger: consents.ledger,
    hint(hint) {
      hinted?.(hint).catch(() => {
        // As with a webhook that nobody took: polling finds the payment.
      });
    },
  });
  return {
    id: 'enable-banking',
    ais: consents.ais,
    pis: payments.pis,
    onPaymentHint(callback) {
      hinted = callback;
    },
    reset() {
      consents.reset();
      payments.reset();
    },
  };
}
