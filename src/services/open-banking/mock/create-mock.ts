import type { MockOpenBankingProvider } from '#services/open-banking/definition.ts';
import type { PaymentHint } from '#services/open-banking/service.ts';
import { createMockConsents, type MockSources } from './consents.ts';
import { createMockPayments } from './payments.ts';
import type { MockProtocol } from './protocol.ts';

/**
 * A provider in process: no network, no bank pages, consents given at once, payments that end after two seconds. What
 * is in it is derived from the seed and the customer's id, and is lost with the process.
 */
export function createMock(
  protocol: MockProtocol,
  { clock, entropy, seed }: MockSources,
): MockOpenBankingProvider {
  let hinted: ((hint: PaymentHint) => Promise<void>) | undefined;
  const consents = createMockConsents(protocol, { clock, entropy, seed });
  const payments = createMockPayments(protocol, {
    clock,
    entropy,
    ledger: consents.ledger,
    hint(hint) {
      hinted?.(hint).catch(() => {
        // As with a webhook that was not taken: polling finds the payment.
      });
    },
  });
  return {
    id: protocol.id,
    ...(protocol.intermediary !== undefined && { intermediary: protocol.intermediary }),
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
