import type { Entropy } from '#domain/entropy.ts';
import { isDropError } from '#domain/errors.ts';
import type { CheckVerdict, ServiceCheck } from '#services/definition.ts';
import type { AccountInformation } from '#services/open-banking/service.ts';
import type { DirectBank } from './banks.ts';
import { writeReference } from './links.ts';

/**
 * Asks each bank for a consent that was never given. To answer that there is none, a bank first judges the certificate
 * of the connection and the signature.
 */
export function bankChecks(
  banks: readonly DirectBank[],
  { ais, entropy, baseOf }: { ais: AccountInformation; entropy: Entropy; baseOf(bank: DirectBank): string },
): ServiceCheck[] {
  return banks.map((bank) => ({
    subject: bank.id,
    async run(): Promise<CheckVerdict> {
      const name = entropy.uuid();
      const self = `${new URL(baseOf(bank)).pathname.replace(/\/$/, '')}/v1/consents/${name}`;
      const secrets = { read: async () => ({ self }), change: async () => ({ self }) };
      const reference = writeReference(bank.id, name);
      const reading = await ais
        .readConsent({ reference, bankId: bank.id, secrets })
        .then(({ kind }) => kind)
        .catch((error: unknown) => {
          if (isDropError(error, 'consent_ended', 'consent_expired', 'consent_revoked')) return 'ended';
          throw error;
        });
      if (reading === 'ended') return { severity: 'ok', text: 'the bank takes the certificate and the seal' };
      const text = 'the bank answers as if it knew a consent that was never given';
      return { severity: 'warning', text, advice: 'ask the bank, and compare its address' };
    },
  }));
}
