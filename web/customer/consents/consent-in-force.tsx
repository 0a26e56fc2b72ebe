import { Link } from '@tanstack/react-router';
import type { Consent } from '#http/contract/consents.ts';
import { useFormat } from '#kit/locale/format.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { RevokeConsent } from './revoke-consent.tsx';
import { sentenceOf, useConsentTexts, wordsOf } from '../texts/consent-texts.ts';
import { BankMark } from '../banks/bank-mark.tsx';
import { ConsentAccounts } from './consent-accounts.tsx';

interface ConsentInForceProps {
  consent: Consent;
  unattendedReadsMax: number;
  onRevoked: (bankName: string) => void;
}

/** A consent in force: who reads what, why and until when, and how to renew or withdraw it. */
export function ConsentInForce({ consent, unattendedReadsMax, onRevoked }: ConsentInForceProps) {
  const { page: texts } = useConsentTexts();
  const { id, bankName, isRenewable } = consent;
  const headingId = `consent-${id}`;
  return (
    <article
      className="surface stack consent-card"
      aria-labelledby={headingId}
      data-testid="consent-in-force"
    >
      <div className="consent-card-head">
        <h3 id={headingId} className="bank-title">
          <BankMark name={bankName} />
          {bankName}
        </h3>
        <StatusTag tone={isRenewable ? 'warning' : 'success'}>
          {isRenewable ? texts.endsSoon : texts.active}
        </StatusTag>
      </div>
      <ConsentTerms consent={consent} unattendedReadsMax={unattendedReadsMax} />
      <div className="actions">
        {isRenewable && (
          <Link to="/banks" search={{ renew: id }} className="ds-button" aria-label={texts.renewOf(bankName)}>
            {texts.renew}
          </Link>
        )}
        <RevokeConsent connection={consent} isOlder={false} isReplaced={false} onRevoked={onRevoked} />
      </div>
    </article>
  );
}

function ConsentTerms({
  consent,
  unattendedReadsMax,
}: Pick<ConsentInForceProps, 'consent' | 'unattendedReadsMax'>) {
  const { page: texts, purposes, reads, notRead } = useConsentTexts();
  const format = useFormat();
  const { readThrough, createdAt, validUntil } = consent;
  return (
    <dl className="consent-terms-list">
      <dt>{texts.validUntil}</dt>
      <dd>{validUntil === null ? texts.openEnded : format.date(validUntil)}</dd>
      <dt>{texts.reader}</dt>
      <dd>{readThrough === null ? texts.drop : texts.dropThrough(readThrough)}</dd>
      <dt>{texts.purpose}</dt>
      {wordsOf(consent.purposes, purposes).map((word) => (
        <dd key={word}>{word}</dd>
      ))}
      <dt>{texts.scope}</dt>
      <dd>{sentenceOf(wordsOf(consent.reads, reads))}</dd>
      <dd className="consent-soft">{notRead}</dd>
      <dt>{texts.accounts}</dt>
      <dd>
        <ConsentAccounts accounts={consent.accounts} unattendedReadsMax={unattendedReadsMax} />
      </dd>
      <dt>{texts.given}</dt>
      <dd>{format.date(createdAt)}</dd>
    </dl>
  );
}
