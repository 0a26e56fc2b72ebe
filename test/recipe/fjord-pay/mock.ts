import type { MockOpenBankingProvider, ProviderDefinition } from '#services/open-banking/definition.ts';
import { createMock } from '#services/open-banking/mock/create-mock.ts';

const idOf = (bankName: string): string => bankName.toLowerCase().replaceAll(/\W+/g, '-');

/** Other ids for accounts than for payments, and Fjord Pay's words. */
export function createFjordPayMock(
  options: Parameters<ProviderDefinition['createMock']>[0],
): MockOpenBankingProvider {
  return createMock(
    {
      id: 'fjord-pay',
      bankIdOf: (bankName) => `accounts-${idOf(bankName)}`,
      paymentBankIdOf: (bankName) => `payments-${idOf(bankName)}`,
      wireStatuses: {
        received: 'waiting',
        approved: 'approved',
        processing: 'executing',
        settled: 'done',
        rejected: 'declined',
        cancelled: 'cancelled',
      },
      balanceType: 'available',
      needsApproval: false,
      quarantineMs: 24 * 3_600_000,
      idempotentInitiation: true,
      consentReturn: {
        granted: (code) => ({ outcome: 'approved', code }),
        read: (parameters) =>
          parameters.get('outcome') === 'declined'
            ? 'declined'
            : { code: parameters.get('code') ?? undefined },
      },
    },
    options,
  );
}
