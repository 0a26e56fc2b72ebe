import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Account } from '#http/contract/accounts.ts';
import type { KycState } from '#http/contract/kyc.ts';
import type { Me } from '#http/contract/session.ts';
import { kycQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import type { Texts } from '../texts/nb.ts';

type Step = 'verify' | 'verifyWaiting' | 'verifyRetry' | 'verifyRejected' | 'bank' | 'renew';

/** The next step that the customer must take before paying; nothing if they can pay. */
export function NextStep({ me, accounts }: { me: Me; accounts: Account[] | undefined }) {
  const { home } = useTexts();
  const kyc = useQuery({ ...kycQuery, enabled: me.kycStatus !== 'approved' });
  const step = me.kycStatus === 'approved' ? bankStep(accounts) : verifyStep(me, kyc.data);
  if (!step) return null;
  return (
    <section className="next-step" aria-labelledby="next-step">
      <p className="next-step-label">{home.nextStep}</p>
      <h2 id="next-step">{home[`${step}Title`]}</h2>
      <p>{home[`${step}Text`]}</p>
      <Link
        to={step === 'bank' || step === 'renew' ? '/banks' : '/verify'}
        className="ds-button"
        {...(isWaiting(step) ? { 'data-variant': 'secondary' } : {})}
      >
        {home[`${step}Action` satisfies keyof Texts['home']]}
      </Link>
    </section>
  );
}

function verifyStep(me: Me, kyc: KycState | undefined): Step {
  const status = kyc?.kycStatus ?? me.kycStatus;
  if (status === 'none') return 'verify';
  if (kyc?.canRetry) return 'verifyRetry';
  return status === 'rejected' ? 'verifyRejected' : 'verifyWaiting';
}

function bankStep(accounts: Account[] | undefined): Step | undefined {
  if (!accounts || accounts.some((account) => account.consentStatus === 'active')) return undefined;
  return accounts.some((account) => account.consentStatus === 'expired') ? 'renew' : 'bank';
}

function isWaiting(step: Step): boolean {
  return step === 'verifyWaiting' || step === 'verifyRejected';
}
