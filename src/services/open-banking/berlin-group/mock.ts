import type { MockOpenBankingProvider } from '#services/open-banking/definition.ts';
import type { MockSources } from '#services/open-banking/mock/consents.ts';
import { createMock } from '#services/open-banking/mock/create-mock.ts';
import { isoCodes } from '#services/open-banking/mock/protocol.ts';
import { bankProfiles } from './bank-profiles.ts';

/** The banks of the profiles, the codes of ISO 20022 as the banks write them, and returns that only say no. */
export function createBerlinGroupMock(options: MockSources): MockOpenBankingProvider {
  return createMock(
    {
      id: 'berlin-group',
      bankIdOf: (bankName) => profileOf(bankName)?.id,
      wireStatuses: { ...isoCodes.wireStatuses, cancelled: 'CANC' },
      balanceType: 'interimAvailable',
      needsApproval: false,
      quarantineMs: 24 * 3_600_000,
      idempotentInitiation: false,
      consentReturn: {
        granted: (code) => ({ mock: code }),
        read: (parameters) =>
          parameters.get('outcome') === 'declined'
            ? 'declined'
            : { code: parameters.get('mock') ?? undefined },
      },
    },
    options,
  );
}

const profileOf = (bankName: string) => bankProfiles.find(({ name }) => name === bankName);
