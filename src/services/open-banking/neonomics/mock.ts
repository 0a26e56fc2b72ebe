import type { MockOpenBankingProvider } from '#services/open-banking/definition.ts';
import { createMock } from '#services/open-banking/mock/create-mock.ts';
import type { MockSources } from '#services/open-banking/mock/consents.ts';
import { isoCodes } from '#services/open-banking/mock/protocol.ts';

/** Ids of banks in Base64, the codes of ISO 20022, and returns that say how it went. */
export function createNeonomicsMock(options: MockSources): MockOpenBankingProvider {
  return createMock(
    {
      ...isoCodes,
      id: 'neonomics',
      intermediary: 'Neonomics',
      bankIdOf: (bankName) => Buffer.from(`${bankName}.no.v1`).toString('base64'),
      wireStatuses: { ...isoCodes.wireStatuses, cancelled: 'CANC' },
      balanceType: 'INTERIM_AVAILABLE',
      needsApproval: false,
      quarantineMs: 24 * 3_600_000,
      idempotentInitiation: false,
      consentReturn: {
        granted: (code) => ({ resource_id: code, result: 'OK' }),
        read: (parameters) =>
          parameters.get('result') === 'FAILED'
            ? 'declined'
            : { code: parameters.get('resource_id') ?? undefined },
      },
      paymentReturn: { result: 'OK' },
    },
    options,
  );
}
