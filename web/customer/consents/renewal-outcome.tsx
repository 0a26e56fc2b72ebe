import type { BankOutcome } from '#domain/outcomes.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { useConsentTexts } from '../texts/consent-texts.ts';

/** Tells a customer who returns from the bank why a consent was not renewed. */
export function RenewalOutcome({ outcome }: { outcome: BankOutcome }) {
  const { outcome: texts, banks } = useConsentTexts();
  switch (outcome) {
    case 'consent_cancelled':
      return (
        <Notice tone="info" title={texts.cancelledTitle}>
          <p>{texts.cancelledText}</p>
        </Notice>
      );
    case 'consent_failed':
      return (
        <Notice tone="warning" title={texts.failedTitle}>
          <p>{texts.failedText}</p>
        </Notice>
      );
    case 'bank_unavailable':
    case 'bank_rate_limited':
      return (
        <Notice tone="warning" title={banks.unavailableTitle}>
          <p>{banks.unavailableText}</p>
        </Notice>
      );
  }
}
