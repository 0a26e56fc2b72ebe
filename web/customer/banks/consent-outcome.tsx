import type { BankOutcome } from '#domain/outcomes.ts';
import { SupportDetails } from '../shell/support-details.tsx';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { Notice } from '#kit/parts/notice.tsx';

interface ConsentOutcomeProps {
  outcome: BankOutcome;
  /** Whether the consent was to take the place of another one, which is still in force. */
  isRenewal?: boolean;
}

/** Tells a customer who returns from the bank why there is no consent, or no new one. */
export function ConsentOutcome({ outcome, isRenewal = false }: ConsentOutcomeProps) {
  const { banks, outcome: ofRenewal } = useConsentTexts();
  const texts = isRenewal ? { ...banks, ...ofRenewal } : banks;
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
          <SupportDetails reference={{ code: outcome }} />
        </Notice>
      );
    case 'bank_unavailable':
    case 'bank_rate_limited':
      return (
        <Notice tone="warning" title={texts.unavailableTitle}>
          <p>{texts.unavailableText}</p>
          <SupportDetails reference={{ code: outcome }} />
        </Notice>
      );
  }
}
