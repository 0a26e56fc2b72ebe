import type { MockOpenBankingProvider } from '#services/open-banking/definition.ts';
import { createMock } from '#services/open-banking/mock/create-mock.ts';
import type { MockSources } from '#services/open-banking/mock/consents.ts';
import { isoCodes, oauthReturn } from '#services/open-banking/mock/protocol.ts';

/** Banks by their names, the codes of ISO 20022, and returns as OAuth has them. */
export function createEnableBankingMock(options: MockSources): MockOpenBankingProvider {
  return createMock(
    {
      ...isoCodes,
      id: 'enable-banking',
      intermediary: 'Enable Banking',
      bankIdOf: (bankName) => bankName,
      needsApproval: true,
      quarantineMs: 24 * 3_600_000,
      idempotentInitiation: false,
      consentReturn: oauthReturn,
    },
    options,
  );
}
