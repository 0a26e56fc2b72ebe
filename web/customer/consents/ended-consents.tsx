import { Link } from '@tanstack/react-router';
import type { Consent } from '#http/contract/consents.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useConsentTexts } from '../texts/consent-texts.ts';
import type { ConsentTexts } from '../texts/nb-consents.ts';
import { AccountName } from './consent-accounts.tsx';

/** The consents that have ended, each with when and why. */
export function EndedConsents({ consents }: { consents: Consent[] }) {
  const { page: texts } = useConsentTexts();
  return (
    <section className="consents" aria-labelledby="consents-ended">
      <h2 id="consents-ended">{texts.ended}</h2>
      <ul role="list" className="surface rows">
        {consents.map((consent) => (
          <li key={consent.id} className="row ended-consent" data-testid="ended-consent">
            <EndedConsent consent={consent} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EndedConsent({ consent }: { consent: Consent }) {
  const { page: texts } = useConsentTexts();
  const format = useFormat();
  const { id, bankName, createdAt, accounts, isEndingAtBank, isRenewable } = consent;
  return (
    <>
      <h3>{bankName}</h3>
      <p>{wordOfEnd(consent, texts)(format.date(consent.endedAt ?? createdAt))}</p>
      {isEndingAtBank && <p>{texts.endingAtBank}</p>}
      <p className="consent-soft">
        {texts.given} {format.date(createdAt)}
      </p>
      {accounts.map((account) => (
        <p key={account.id} className="consent-soft">
          <AccountName account={account} />
        </p>
      ))}
      {isRenewable && (
        <Link to="/banks" search={{ renew: id }} aria-label={texts.relinkOf(bankName)}>
          {texts.relink}
        </Link>
      )}
    </>
  );
}

/** A consent that an earlier version ended has no cause. */
function wordOfEnd({ status, endCause }: Consent, { end }: ConsentTexts['page']): (date: string) => string {
  if (status === 'failed') return end.failed;
  return end[endCause ?? 'revoked'];
}
